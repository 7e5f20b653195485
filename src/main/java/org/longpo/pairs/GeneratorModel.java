package org.longpo.pairs;

import org.longpo.documents.TokenOffsets;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/**
 * The round's frozen model pi_S, as generator and as reference.
 *
 * @param shortContext reads chunks, with the checkpoint's own RoPE
 * @param longContext reads whole pieces, with the policy's RoPE; the same weights
 * @param tokenizer the checkpoint's
 * @param prompts the checkpoint's chat template
 * @param engine tile size and kernel of the engine
 */
public record GeneratorModel(
    LanguageModel shortContext,
    LanguageModel longContext,
    Tokenizer tokenizer,
    PromptEncoder prompts,
    EngineSettings engine) {

  /** Token ids of a conversation of one user message, up to where the answer begins. */
  public int[] prompt(String userMessage) {
    return prompts.prompt(userMessage);
  }

  /** The tokenizer as {@code documents} sees it. */
  public TokenOffsets offsets() {
    return text -> tokenizer.encodeTextWithSpans(text).ends();
  }
}
