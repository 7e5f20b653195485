package org.longpo.report.paper;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Context lengths as the paper writes them. */
final class Lengths {
  private static final int K = 1024;

  private Lengths() {}

  /** "4K" for 4,096; "3,000" for what is no multiple of 1,024. */
  static String text(int tokens) {
    return tokens % K == 0
        ? String.format(Locale.ROOT, "%,dK", tokens / K)
        : String.format(Locale.ROOT, "%,d", tokens);
  }

  /** "4K, 8K". */
  static String text(Collection<Integer> tokens) {
    return tokens.stream().map(Lengths::text).collect(Collectors.joining(", "));
  }
}
