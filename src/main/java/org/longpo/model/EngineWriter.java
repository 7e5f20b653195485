package org.longpo.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generated;
import org.longpo.engine.GenerationRequest;
import org.longpo.engine.Generator;
import org.longpo.engine.KeptPrompts;
import org.longpo.engine.LanguageModel;
import org.longpo.inference.Sampling;
import org.longpo.inference.Session;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Writer;
import org.longpo.inference.Written;
import org.longpo.text.Prompt;
import org.longpo.text.ReasoningFormat;
import org.longpo.text.Tokenizer;

/** A model of the engine that writes: all requests of a call are one batch, drafts are checked. */
public final class EngineWriter implements Writer {
  private static final int[] NO_DRAFT = {};

  private final LanguageModel model;
  private final EngineSettings settings;
  private final Tokenizer tokenizer;
  private final Supplier<ReasoningFormat> reasoning;
  private final String name;
  private final Supplier<String> fingerprint;

  /**
   * @param reasoning how the model marks its reasoning in answers; asked only where there are
   *     answers, as a model that continues texts need not have a chat template
   * @param name the model's folder
   * @param fingerprint computed when it is needed: it takes every byte of the weights
   */
  public EngineWriter(
      LanguageModel model,
      EngineSettings settings,
      Tokenizer tokenizer,
      Supplier<ReasoningFormat> reasoning,
      String name,
      Supplier<String> fingerprint) {
    this.model = model;
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.reasoning = reasoning;
    this.name = name;
    this.fingerprint = fingerprint;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String fingerprint() {
    return fingerprint.get();
  }

  @Override
  public List<Written> write(List<WriteRequest> requests, WriteSettings how, Listener listener) {
    return write(requests, how, listener, new Generator(model, settings)::generate);
  }

  @Override
  public Session session() {
    KeptPrompts kept = new KeptPrompts(model, settings);
    return new Session() {
      @Override
      public List<Written> write(List<WriteRequest> requests, WriteSettings how) {
        return EngineWriter.this.write(requests, how, Listener.NONE, kept::generate);
      }

      @Override
      public void close() {
        kept.close();
      }
    };
  }

  /** Draws answers, with a memory of earlier prompts or without one. */
  @FunctionalInterface
  private interface Drawing {
    List<Generated> draw(
        List<GenerationRequest> requests,
        org.longpo.engine.Sampling sampling,
        int maxNewTokens,
        int[] endTokens,
        Generator.Listener listener);
  }

  private List<Written> write(
      List<WriteRequest> requests, WriteSettings how, Listener listener, Drawing drawing) {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<GrowingText> texts = begin(requests, how.maxNewTokens(), listener);
    int[] ends = tokenizer.endTokens();
    List<Generated> generated =
        drawing.draw(
            requests.stream().map(EngineWriter::request).toList(),
            sampling(how.sampling()),
            texts.stream().mapToInt(GrowingText::maxNewTokens).max().orElseThrow(),
            ends,
            (text, token) ->
                texts.get(text).drawn(token, Arrays.stream(ends).anyMatch(end -> end == token)));
    List<Written> written = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      written.add(texts.get(i).finish(generated.get(i)));
    }
    return written;
  }

  private List<GrowingText> begin(
      List<WriteRequest> requests, int maxNewTokens, Listener listener) {
    List<GrowingText> texts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Prompt prompt = requests.get(i).prompt();
      texts.add(
          prompt.isConversation()
              ? new GrowingAnswer(tokenizer, reasoning.get(), i, maxNewTokens, listener)
              : new GrowingContinuation(tokenizer, prompt.tokens(), i, maxNewTokens, listener));
    }
    return texts;
  }

  private static GenerationRequest request(WriteRequest request) {
    return new GenerationRequest(
        request.prompt().tokens(), request.draft().orElse(NO_DRAFT), request.seed());
  }

  private static org.longpo.engine.Sampling sampling(Sampling how) {
    return new org.longpo.engine.Sampling(
        how.temperature(), how.topP(), how.topK(), how.minP(), how.repetitionPenalty());
  }
}
