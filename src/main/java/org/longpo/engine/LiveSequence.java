package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A sequence that is being decoded: what was drawn, and where its rows are. */
final class LiveSequence {
  private final int request;
  private final int[] prompt;
  private final Wave wave;
  private final int placeInWave;
  private final int ownFrom;
  private final SplittableRandom random;
  private final List<Double> points = new ArrayList<>();
  private final List<Integer> drawn = new ArrayList<>();

  /** Empty until it is asked for. */
  private final Set<Integer> seen = new LinkedHashSet<>();

  private int length;

  /**
   * @param request index among all requests
   * @param placeInWave its place in {@link PrefixLayout#order}
   * @param ownFrom position from which on rows are its own
   */
  LiveSequence(int request, GenerationRequest asked, Wave wave, int placeInWave, int ownFrom) {
    this.request = request;
    this.prompt = asked.prompt();
    this.wave = wave;
    this.placeInWave = placeInWave;
    this.ownFrom = ownFrom;
    this.random = new SplittableRandom(asked.seed());
    this.length = prompt.length;
  }

  int request() {
    return request;
  }

  Wave wave() {
    return wave;
  }

  int placeInWave() {
    return placeInWave;
  }

  int ownFrom() {
    return ownFrom;
  }

  /** Tokens that were read: the position of the next one. */
  int length() {
    return length;
  }

  void read() {
    length++;
  }

  int drawn() {
    return drawn.size();
  }

  /** The token that was drawn last and not read yet. */
  int pending() {
    return drawn.getLast();
  }

  void add(int token) {
    drawn.add(token);
    if (!seen.isEmpty()) {
      seen.add(token);
    }
  }

  int[] tokens() {
    return drawn.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Prompt and drawn tokens. */
  int[] sequence() {
    int[] all = Arrays.copyOf(prompt, prompt.length + drawn.size());
    for (int i = 0; i < drawn.size(); i++) {
      all[prompt.length + i] = drawn.get(i);
    }
    return all;
  }

  /** The random number that decides drawn token {@code index}, whenever it is drawn. */
  double point(int index) {
    while (points.size() <= index) {
      points.add(random.nextDouble());
    }
    return points.get(index);
  }

  /** The different tokens of prompt, drawn tokens and the first {@code count} further ones. */
  int[] seen(int[] further, int count) {
    if (seen.isEmpty()) {
      Arrays.stream(sequence()).forEach(seen::add);
    }
    IntStream ids = seen.stream().mapToInt(Integer::intValue);
    return count == 0
        ? ids.toArray()
        : IntStream.concat(ids, Arrays.stream(further, 0, count)).distinct().toArray();
  }
}
