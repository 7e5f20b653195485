package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.TokenTree;

/**
 * Samples continuations of many prompts at once: what the prompts share is read once, and they
 * decode together as branches of one key/value cache.
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
    /** Returns whether this prompt's continuation continues. */
    boolean drawn(int prompt, int token);
  }

  /**
   * One continuation of every prompt, as {@link #generate(List, Sampling, long[], int, int[],
   * Listener)} without a listener.
   */
  public List<Generated> generate(
      List<int[]> prompts, Sampling sampling, long[] seeds, int maxNewTokens, int[] endTokens) {
    return generate(prompts, sampling, seeds, maxNewTokens, endTokens, (prompt, token) -> true);
  }

  /**
   * One continuation of every prompt.
   *
   * @param seeds one per prompt: the same prompt with the same seed gives the same tokens
   * @param maxNewTokens the limit of each continuation
   * @param endTokens a continuation ends with the first of these, which belongs to it
   * @throws org.longpo.error.UserError if the model's logits are not finite, or its embedding has
   *     no row for a token
   */
  public List<Generated> generate(
      List<int[]> prompts,
      Sampling sampling,
      long[] seeds,
      int maxNewTokens,
      int[] endTokens,
      Listener listener) {
    if (seeds.length != prompts.size() || maxNewTokens < 1) {
      throw new IllegalArgumentException(
          prompts.size() + " prompts, " + seeds.length + " seeds, " + maxNewTokens + " tokens");
    }
    Generated[] results = new Generated[prompts.size()];
    for (List<Integer> group : groupsThatShareFrequencies(prompts, maxNewTokens)) {
      List<int[]> members = group.stream().map(prompts::get).toList();
      List<Sampler> samplers =
          group.stream().map(i -> new Sampler(sampling, seeds[i], prompts.get(i))).toList();
      List<Generated> drawn =
          generateTogether(
              members,
              samplers,
              maxNewTokens,
              endTokens,
              (member, token) -> listener.drawn(group.get(member), token));
      for (int i = 0; i < group.size(); i++) {
        results[group.get(i)] = drawn.get(i);
      }
    }
    return List.of(results);
  }

  private List<Generated> generateTogether(
      List<int[]> prompts,
      List<Sampler> samplers,
      int maxNewTokens,
      int[] endTokens,
      Listener listener) {
    TokenTree tree = TokenTree.of(prompts);
    int pathLength = prompts.stream().mapToInt(p -> p.length).max().orElseThrow() + maxNewTokens;
    List<List<Integer>> drawn =
        prompts.stream().map(p -> (List<Integer>) new ArrayList<Integer>()).toList();
    boolean[] ended = new boolean[prompts.size()];
    try (Scope ignored = Scope.open()) {
      KeyValueCache cache = new KeyValueCache(model, tree.rows());
      LossHead head = model.lossHead(settings);
      int[] active = Decoder.inTreeOrder(tree);
      int[] lastRows = Arrays.stream(active).map(tree::lastRowOf).toArray();
      Tensor hidden = new Prefill(model, tree, settings, cache, pathLength).run(lastRows);
      Decoder decoder = new Decoder(model, tree, settings, cache, maxNewTokens, pathLength);
      for (int step = 0; active.length > 0; step++) {
        List<Integer> remaining = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        try (Scope stepScope = Scope.open()) {
          float[] logits =
              head.logits(hidden, IntStream.range(0, active.length).toArray()).toFloats();
          int[] read = active;
          NonFiniteOutput.refuse(logits, model, settings, () -> sequences(prompts, drawn, read));
          int vocabulary = logits.length / active.length;
          for (int i = 0; i < active.length; i++) {
            int sequence = active[i];
            int token =
                samplers
                    .get(sequence)
                    .next(Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary));
            drawn.get(sequence).add(token);
            boolean goesOn = listener.drawn(sequence, token);
            ended[sequence] = Arrays.stream(endTokens).anyMatch(end -> end == token);
            if (goesOn && !ended[sequence] && step + 1 < maxNewTokens) {
              remaining.add(sequence);
              tokens.add(token);
            }
          }
          hidden.free();
          active = remaining.stream().mapToInt(Integer::intValue).toArray();
          if (active.length > 0) {
            hidden =
                stepScope.keep(
                    decoder.read(active, tokens.stream().mapToInt(Integer::intValue).toArray()));
          }
        }
      }
    }
    return IntStream.range(0, prompts.size())
        .mapToObj(
            i ->
                new Generated(
                    drawn.get(i).stream().mapToInt(Integer::intValue).toArray(), ended[i]))
        .toList();
  }

  /** The tokens read so far of the active sequences. */
  private static List<int[]> sequences(
      List<int[]> prompts, List<List<Integer>> drawn, int[] active) {
    return Arrays.stream(active)
        .mapToObj(
            s ->
                IntStream.concat(
                        Arrays.stream(prompts.get(s)),
                        drawn.get(s).stream().mapToInt(Integer::intValue))
                    .toArray())
        .toList();
  }

  /** Prompts whose RoPE frequencies agree; all of them unless these depend on the length. */
  private List<List<Integer>> groupsThatShareFrequencies(List<int[]> prompts, int maxNewTokens) {
    return PathLength.groups(
        model.config(), prompts.stream().mapToInt(p -> p.length + maxNewTokens).toArray());
  }
}
