package org.longpo.pairs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.longpo.files.Sha256;

/**
 * Derives independent seeds from one: what is drawn for a pair depends on nothing that was drawn
 * for another, so documents may be added, left out, or done in any order.
 *
 * @param runSeed the seed that the user gives
 */
public record SeedSequence(long runSeed) {
  private static final int HEX_DIGITS_OF_LONG = 16;

  /** For something that is drawn once per piece. */
  public long forPiece(String pieceId, SeedPurpose purpose) {
    return derive(pieceId + "/" + purpose);
  }

  /**
   * For something that is drawn once per pair; {@code pairIndex} counts the drawn chunks from 0.
   */
  public long forPair(String pieceId, int pairIndex, SeedPurpose purpose) {
    if (pairIndex < 0) {
      throw new IllegalArgumentException("pair index " + pairIndex);
    }
    return derive(pieceId + "/" + pairIndex + "/" + purpose);
  }

  /** One of the choices, each equally likely. */
  public static <T> T choose(List<T> choices, long seed) {
    return choices.get(new SplittableRandom(seed).nextInt(choices.size()));
  }

  /** The first 64 bits of the SHA-256 of run seed and name. */
  private long derive(String name) {
    byte[] key = (runSeed + "/" + name).getBytes(StandardCharsets.UTF_8);
    return Long.parseUnsignedLong(Sha256.of(key).substring(0, HEX_DIGITS_OF_LONG), 16);
  }
}
