package org.longpo.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tells two lists of files apart, in words. */
final class FileDifferences {
  /** So many are named; the rest is counted. */
  private static final int NAMED = 3;

  private FileDifferences() {}

  /**
   * "2 added (a.txt, b.txt), 1 gone (c.txt), 1 changed (d.txt)"; empty if they are the same.
   *
   * @param before hashes by name
   */
  static Optional<String> between(Map<String, String> before, Map<String, String> now) {
    List<String> phrases = new ArrayList<>();
    add(phrases, "added", now.keySet().stream().filter(n -> !before.containsKey(n)).toList());
    add(phrases, "gone", before.keySet().stream().filter(n -> !now.containsKey(n)).toList());
    add(
        phrases,
        "changed",
        before.entrySet().stream()
            .filter(e -> !now.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()))
            .map(Map.Entry::getKey)
            .toList());
    if (phrases.isEmpty() && !List.copyOf(before.keySet()).equals(List.copyOf(now.keySet()))) {
      phrases.add("in another order");
    }
    return phrases.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", phrases));
  }

  private static void add(List<String> phrases, String what, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    String some =
        String.join(", ", names.stream().limit(NAMED).map(FileDifferences::lastName).toList());
    phrases.add(
        "%d %s (%s%s)".formatted(names.size(), what, some, names.size() > NAMED ? ", ..." : ""));
  }

  private static String lastName(String path) {
    return Optional.ofNullable(Path.of(path).getFileName()).map(Path::toString).orElse(path);
  }
}
