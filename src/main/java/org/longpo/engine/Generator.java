package org.longpo.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.tensor.DType;

/**
 * Samples continuations of many prompts at once: what the prompts share is read once, and they
 * decode together. Results depend on prompt and seed alone, up to rounding.
 */
public final class Generator {
  private final LanguageModel model;
  private final EngineSettings settings;

  public Generator(LanguageModel model, EngineSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  /** Receives every token as it is drawn. */
  @FunctionalInterface
  public interface Listener {
    /** Returns whether this request's continuation continues. */
    boolean drawn(int request, int token);
  }

  /**
   * Refuses, before any work, what could not be generated.
   *
   * @param tokens of the longest prompt and its answer
   * @throws org.longpo.error.UserError if the memory for keys and values that the user gave does
   *     not hold them
   */
  public void requireRoom(long tokens) {
    DecodingPlan.requireRoom(model, settings, tokens);
  }

  /**
   * How many calls at a time the memory for keys and values holds, however their prompts share.
   *
   * @param tokens of the longest prompt and its answer
   */
  public long held(long tokens) {
    return DecodingPlan.held(model, settings, tokens);
  }

  /**
   * Bytes that keys and values take at most in one call, known before the model is loaded.
   *
   * @param documents that the call's prompts are about
   * @param documentTokens of the largest of them with all its prompts and answers, what they share
   *     counted once
   */
  public static long mostCacheBytes(
      ModelConfig config,
      DType dtype,
      EngineSettings settings,
      long documents,
      long documentTokens) {
    return DecodingPlan.mostBytes(config, dtype, settings, documents, documentTokens);
  }

  /** As {@link #generate(List, Sampling, int, int[], Listener)} without a listener. */
  public List<Generated> generate(
      List<GenerationRequest> requests, Sampling sampling, int maxNewTokens, int[] endTokens) {
    return generate(requests, sampling, maxNewTokens, endTokens, (request, token) -> true);
  }

  /**
   * One continuation of every prompt.
   *
   * @param maxNewTokens the limit of each continuation
   * @param endTokens a continuation ends with the first of these, which belongs to it
   * @throws org.longpo.error.UserError if the model's logits are not finite, its embedding has no
   *     row for a token, or the memory for keys and values that the user gave is too small
   */
  public List<Generated> generate(
      List<GenerationRequest> requests,
      Sampling sampling,
      int maxNewTokens,
      int[] endTokens,
      Listener listener) {
    return generate(requests, sampling, maxNewTokens, endTokens, listener, Optional.empty());
  }

  /** The same; prompts that are kept are not read again. */
  List<Generated> generate(
      List<GenerationRequest> requests,
      Sampling sampling,
      int maxNewTokens,
      int[] endTokens,
      Listener listener,
      Optional<KeptPrompts> kept) {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException(maxNewTokens + " tokens");
    }
    int[] lengths = requests.stream().mapToInt(r -> r.prompt().length + maxNewTokens).toArray();
    Generated[] results = new Generated[requests.size()];
    // Prompts whose RoPE frequencies agree; all of them unless these depend on the length.
    for (List<Integer> group : PathLength.groups(model.config(), lengths)) {
      int pathLength = group.stream().mapToInt(i -> lengths[i]).max().orElseThrow();
      List<Generated> drawn =
          new Decoding(
                  model,
                  settings,
                  group.stream().map(requests::get).toList(),
                  new TokenSampler(sampling),
                  new Decoding.Limits(
                      maxNewTokens, Arrays.stream(endTokens).boxed().toList(), pathLength),
                  (member, token) -> listener.drawn(group.get(member), token),
                  kept)
              .run();
      IntStream.range(0, group.size()).forEach(i -> results[group.get(i)] = drawn.get(i));
    }
    return List.of(results);
  }
}
