package org.longpo.evaluation.tasks.ruler;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** What a needle's key or value is. */
enum NeedleName {
  /** Seven digits. */
  NUMBERS,
  /** Two words with a hyphen. */
  WORDS,
  UUIDS;

  private static final int SMALLEST_NUMBER = 1_000_000;
  private static final int NUMBERS_END = 10_000_000;

  private static final long VERSION_MASK = 0xF000L;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_MASK = 3L << 62;
  private static final long VARIANT = 1L << 63;

  String plural() {
    return name().toLowerCase(Locale.ROOT);
  }

  String singular() {
    return plural().substring(0, plural().length() - 1);
  }

  String draw(Random random, RulerWords words, RulerWording wording) {
    return switch (this) {
      case NUMBERS -> String.valueOf(random.nextInt(SMALLEST_NUMBER, NUMBERS_END));
      case WORDS -> words.key(random, wording.haystack().key());
      case UUIDS -> uuid(random);
    };
  }

  /** Of version 4; Java's own draws from a generator that has no seed. */
  private static String uuid(Random random) {
    long high = (random.nextLong() & ~VERSION_MASK) | VERSION_4;
    long low = (random.nextLong() & ~VARIANT_MASK) | VARIANT;
    return new UUID(high, low).toString();
  }
}
