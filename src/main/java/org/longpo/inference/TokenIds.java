package org.longpo.inference;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The ids of a text, and where they come from. */
public record TokenIds(int[] ids, TokenOrigin origin) {
  public static TokenIds sampled(int... ids) {
    return new TokenIds(ids, TokenOrigin.SAMPLED);
  }

  public static TokenIds encoded(int... ids) {
    return new TokenIds(ids, TokenOrigin.ENCODED);
  }

  /** By content: a record would compare its array by identity. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenIds that && origin == that.origin && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return origin + Arrays.toString(ids);
  }
}
