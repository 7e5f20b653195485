package org.longpo.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The differences between two lists of files, in words. */
final class FileDifferences {
  /** This many are named; the others are counted. */
  private static final int NAMED = 3;

  private FileDifferences() {}

  /**
   * "2 added (a.txt, b.txt), 1 removed (c.txt), 1 moved (e.txt from /x to /y), 1 changed (d.txt)";
   * empty if they are the same.
   *
   * @param before hashes by path, with {@code /} between folders
   */
  static Optional<String> between(Map<String, String> before, Map<String, String> now) {
    List<String> added =
        new ArrayList<>(now.keySet().stream().filter(n -> !before.containsKey(n)).toList());
    List<String> removed = new ArrayList<>();
    List<String> moved = new ArrayList<>();
    for (Map.Entry<String, String> file : before.entrySet()) {
      String name = file.getKey();
      if (!now.containsKey(name)) {
        added.stream()
            .filter(n -> file.getValue().equals(now.get(n)))
            .findFirst()
            .ifPresentOrElse(
                n -> {
                  added.remove(n);
                  moved.add(move(name, n));
                },
                () -> removed.add(name));
      }
    }
    List<String> phrases = new ArrayList<>();
    add(phrases, "added", lastNames(added));
    add(phrases, "removed", lastNames(removed));
    add(phrases, "moved", moved);
    add(
        phrases,
        "changed",
        lastNames(
            before.entrySet().stream()
                .filter(e -> !now.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()))
                .map(Map.Entry::getKey)
                .toList()));
    if (phrases.isEmpty() && !List.copyOf(before.keySet()).equals(List.copyOf(now.keySet()))) {
      phrases.add("in another order");
    }
    return phrases.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", phrases));
  }

  private static void add(List<String> phrases, String what, List<String> names) {
    if (!names.isEmpty()) {
      String some = String.join(", ", names.stream().limit(NAMED).toList());
      phrases.add(
          "%d %s (%s%s)".formatted(names.size(), what, some, names.size() > NAMED ? ", ..." : ""));
    }
  }

  private static String move(String from, String to) {
    return lastName(from).equals(lastName(to))
        ? "%s from %s to %s".formatted(lastName(from), folder(from), folder(to))
        : from + " to " + to;
  }

  private static List<String> lastNames(List<String> paths) {
    return paths.stream().map(FileDifferences::lastName).toList();
  }

  // Cut as text: the content of a file may not be a path of this system.
  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : path.substring(0, Math.max(1, slash));
  }
}
