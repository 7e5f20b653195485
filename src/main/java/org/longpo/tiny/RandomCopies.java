package org.longpo.tiny;

import java.util.Random;
import org.longpo.tiny.Lesson.Sequence;

/**
 * Random tokens, repeated: what forms the heads that copy.
 *
 * @param begin the token that sequences begin with
 * @param tokens that the world's text consists of
 */
@SuppressWarnings("ArrayRecordComponent")
public record RandomCopies(int begin, int[] tokens) {
  private static final int SHORTEST_COPY = 4;
  private static final int MOST_COPIES = 8;

  /**
   * Tokens that a copied text is drawn from, at least. Where the same token stands in several
   * places, as syllables do in names, one token before does not tell what follows: two do.
   */
  private static final int SMALLEST_ALPHABET = 12;

  /** Of any tokens. */
  public Sequence draw(Random random) {
    return draw(random, tokens);
  }

  /** Of few tokens, or of all. */
  public Sequence drawOfSome(Random random) {
    double most = (double) tokens.length / SMALLEST_ALPHABET;
    int size = (int) (SMALLEST_ALPHABET * Math.pow(most, random.nextDouble()));
    return draw(random, random.ints(size, 0, tokens.length).map(i -> tokens[i]).toArray());
  }

  private Sequence draw(Random random, int[] alphabet) {
    int length = (int) (SHORTEST_COPY * Math.pow(2, 4 * random.nextDouble()));
    int times = 2 + random.nextInt(Math.min(MOST_COPIES - 1, (TinyShape.WINDOW - 1) / length - 1));
    int[] once = random.ints(length, 0, alphabet.length).map(i -> alphabet[i]).toArray();
    int[] sequence = new int[1 + times * length];
    sequence[0] = begin;
    for (int i = 0; i < times * length; i++) {
      sequence[1 + i] = once[i % length];
    }
    // What is drawn at random cannot be known: only its repetitions teach anything.
    return new Sequence(sequence, 1 + length);
  }
}
