package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longpo.tensor.Scope;
import org.longpo.tree.TokenTree;

/**
 * A prefix that was read and is kept: it can be extended, and answers can be drawn to prompts that
 * begin with it, without reading it again. Its memory is freed when it is closed.
 */
public final class Session implements AutoCloseable {
  private static final int FIRST_CAPACITY = 256;

  private final LanguageModel model;
  private final EngineSettings settings;
  private final int longest;
  private final List<KeysAndValues> layers = new ArrayList<>();
  private int[] tokens = {};
  private long capacity;

  /**
   * @param longest tokens of the longest sequence that the session will read, answers included;
   *     RoPE kinds whose frequencies depend on the length take those of this one
   */
  public Session(LanguageModel model, EngineSettings settings, int longest) {
    this.model = model;
    this.settings = settings;
    this.longest = longest;
    try (Scope ignored = Scope.open()) {
      for (int layer = 0; layer < model.config().layers(); layer++) {
        layers.add(KeysAndValues.empty(model, 0).outliveScopes());
      }
    }
  }

  /** The ids of the prefix. */
  public int[] tokens() {
    return tokens.clone();
  }

  /**
   * Reads further tokens, which belong to the prefix from now on.
   *
   * @throws org.longpo.error.UserError if the embedding has no row for one of them
   */
  public void extend(int[] further) {
    if (further.length == 0) {
      return;
    }
    int[] all = Arrays.copyOf(tokens, tokens.length + further.length);
    System.arraycopy(further, 0, all, tokens.length, further.length);
    requireRoom(all.length);
    try (Scope ignored = Scope.open()) {
      TokenTree tree = TokenTree.of(List.of(all));
      reserve(all.length);
      new Prefill(model, tree, settings, longest)
          .run(tokens.length, layers::get, new int[] {all.length - 1});
    }
    tokens = all;
  }

  /**
   * Draws answers to prompts that begin with the prefix, as {@link Generator} does.
   *
   * @throws IllegalArgumentException if one of them does not, or is longer than the session allows
   */
  public List<Generated> generate(
      List<GenerationRequest> requests,
      Sampling sampling,
      int maxNewTokens,
      int[] endTokens,
      Generator.Listener listener) {
    for (GenerationRequest request : requests) {
      requireRoom(request.prompt().length + maxNewTokens);
      int[] prompt = request.prompt();
      if (prompt.length < tokens.length
          || !Arrays.equals(prompt, 0, tokens.length, tokens, 0, tokens.length)) {
        throw new IllegalArgumentException(
            "a prompt of " + prompt.length + " tokens does not begin with the session's prefix");
      }
    }
    return new Decoding(
            model,
            settings,
            requests,
            new TokenSampler(sampling),
            new Decoding.Limits(maxNewTokens, Arrays.stream(endTokens).boxed().toList(), longest),
            listener)
        .runIn(this);
  }

  /** Room for a tree's rows, of which the first are the prefix. */
  void reserve(long rows) {
    if (rows <= capacity) {
      return;
    }
    long larger = Math.max(rows, Math.max(FIRST_CAPACITY, 2 * capacity));
    for (int layer = 0; layer < layers.size(); layer++) {
      KeysAndValues old = layers.get(layer);
      try (Scope ignored = Scope.open()) {
        layers.set(layer, old.copy(tokens.length, larger).outliveScopes());
        old.free();
      }
    }
    capacity = larger;
  }

  /** Keys and values of a layer: the prefix, and after it what a pass over a tree has written. */
  KeysAndValues layer(int layer) {
    return layers.get(layer);
  }

  @Override
  public void close() {
    layers.forEach(KeysAndValues::free);
    layers.clear();
  }

  private void requireRoom(int length) {
    if (length > longest) {
      throw new IllegalArgumentException(
          "a sequence of " + length + " tokens in a session of at most " + longest);
    }
  }
}
