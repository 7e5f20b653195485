package org.longpo.reproduction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.longpo.files.Json;

/**
 * Likely reasons of what was measured, written by hand, from the resource {@code
 * reproduction/reasons.json}. A reason belongs to one verdict and is shown with no other.
 *
 * @param reasons by the claims' ids and the verdicts' words
 */
record Reasons(Map<String, Map<String, String>> reasons) {
  private static final String NAME = "/reproduction/reasons.json";

  /**
   * @throws IllegalArgumentException for a claim or verdict that there is not
   */
  Reasons {
    reasons.forEach(
        (claim, byVerdict) -> {
          if (Claims.ALL.stream().noneMatch(known -> known.id().equals(claim))) {
            throw new IllegalArgumentException("a reason for no claim: " + claim);
          }
          for (String words : byVerdict.keySet()) {
            if (Arrays.stream(Verdict.values()).noneMatch(known -> known.words().equals(words))) {
              throw new IllegalArgumentException("a reason for no verdict: " + words);
            }
          }
        });
  }

  static Reasons read() {
    try (InputStream in = Reasons.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException("resource " + NAME + " is missing");
      }
      return Json.parse(in.readAllBytes(), Reasons.class, NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> of(Claim claim, Verdict verdict) {
    return Optional.ofNullable(reasons.getOrDefault(claim.id(), Map.of()).get(verdict.words()));
  }
}
