package org.longpo.pairs;

import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/** Tells pairs of other versions from damaged ones. */
final class PairVersion {
  private PairVersion() {}

  /**
   * Makes sure that JSON of a pair file or manifest has the version that is read here.
   *
   * @param where file and line, for the error
   * @param known a key that all versions have: without it, the JSON is something else, and passes
   * @throws UserError if it has an earlier or a later version
   */
  static void require(JsonNode json, String where, String known) {
    if (!json.has(known)) {
      return;
    }
    JsonNode version = json.path("version");
    if (!version.isInt() || version.intValue() < PairFile.VERSION) {
      throw new UserError(
          "%s is of an earlier version of the pair file (%s, expected %d): generate the pairs again."
              .formatted(
                  where, version.isInt() ? version.intValue() : "no version", PairFile.VERSION));
    }
    if (version.intValue() > PairFile.VERSION) {
      throw new UserError(
          "%s is of a later version of the pair file (%d, expected %d): use a version of longpo that reads it, or generate the pairs again."
              .formatted(where, version.intValue(), PairFile.VERSION));
    }
  }

  /** For constructors: what is made here has this version. */
  static void requireCurrent(int version) {
    if (version != PairFile.VERSION) {
      throw new IllegalArgumentException(
          "version must be " + PairFile.VERSION + ", not " + version);
    }
  }
}
