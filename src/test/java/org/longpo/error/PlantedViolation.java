package org.longpo.error;

import org.longpo.files.Sha256;

/** Breaks the rules of the architecture on purpose: ArchitectureTest must notice it. */
public final class PlantedViolation {
  private PlantedViolation() {}

  static String upwards() {
    return Sha256.of(new byte[0]);
  }

  static int ofEight(int a, int b, int c, int d, int e, int f, int g, int h) {
    return a + b + c + d + e + f + g + h;
  }
}
