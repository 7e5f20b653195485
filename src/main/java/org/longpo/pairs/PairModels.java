package org.longpo.pairs;

import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.files.StageIdentity;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/**
 * The round's frozen model pi_S, as generator and as reference.
 *
 * @param shortContext reads chunks, with the checkpoint's own RoPE theta
 * @param longContext reads whole pieces, with the policy's RoPE theta; the same weights
 * @param tokenizer the checkpoint's
 * @param prompts the checkpoint's chat template
 * @param engine how the engine cuts its work
 * @param fingerprint hash of the weights and configuration
 * @param identity of the model with all that reads and writes text for it
 */
public record PairModels(
    LanguageModel shortContext,
    LanguageModel longContext,
    Tokenizer tokenizer,
    PromptEncoder prompts,
    EngineSettings engine,
    String fingerprint,
    StageIdentity identity) {}
