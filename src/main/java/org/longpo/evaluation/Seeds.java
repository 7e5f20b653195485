package org.longpo.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.longpo.files.Sha256;

/** Independent generators of random numbers, one per purpose. */
public final class Seeds {
  private static final int HEX_DIGITS_OF_LONG = 16;

  private Seeds() {}

  /** Depends on nothing but its arguments, on every platform. */
  public static Random random(long seed, String purpose, int... numbers) {
    StringBuilder name = new StringBuilder(seed + "/" + purpose);
    for (int number : numbers) {
      name.append('/').append(number);
    }
    String hash = Sha256.of(name.toString().getBytes(StandardCharsets.UTF_8));
    return new Random(Long.parseUnsignedLong(hash, 0, HEX_DIGITS_OF_LONG, 16));
  }
}
