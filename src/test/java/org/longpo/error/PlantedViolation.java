package org.longpo.error;

import org.longpo.files.Sha256;

/** Breaks the dependency rule on purpose: ArchitectureTest must notice it. */
final class PlantedViolation {
  private PlantedViolation() {}

  static String upwards() {
    return Sha256.of(new byte[0]);
  }
}
