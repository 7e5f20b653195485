package org.longpo.tree;

import java.util.Arrays;
import java.util.List;

/**
 * Tokens whose log-probabilities are read: {@code tokens[i]} is predicted by the hidden state of
 * {@code rows[i]}. One row may predict several tokens: the first ones of a node's children.
 */
public record Targets(int[] rows, int[] tokens) {
  public Targets {
    if (rows.length != tokens.length) {
      throw new IllegalArgumentException(rows.length + " rows, " + tokens.length + " tokens");
    }
  }

  public int size() {
    return rows.length;
  }

  public Targets range(int start, int end) {
    return new Targets(
        Arrays.copyOfRange(rows, start, end), Arrays.copyOfRange(tokens, start, end));
  }

  public static Targets concatenate(List<Targets> parts) {
    int size = parts.stream().mapToInt(Targets::size).sum();
    int[] rows = new int[size];
    int[] tokens = new int[size];
    int at = 0;
    for (Targets part : parts) {
      System.arraycopy(part.rows, 0, rows, at, part.size());
      System.arraycopy(part.tokens, 0, tokens, at, part.size());
      at += part.size();
    }
    return new Targets(rows, tokens);
  }
}
