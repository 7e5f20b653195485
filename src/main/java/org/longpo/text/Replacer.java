package org.longpo.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces many strings in one pass: leftmost first, the longest where several begin, never inside
 * what was already replaced. Linear in the text for keys that begin with rare characters; a regular
 * expression of all special tokens would try each of some hundreds at every position.
 */
final class Replacer {
  private final Map<Character, List<Map.Entry<String, String>>> byFirst = new HashMap<>();

  Replacer(Map<String, String> replacements) {
    replacements.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, String> e) -> e.getKey().length())
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(e -> byFirst.computeIfAbsent(e.getKey().charAt(0), c -> new ArrayList<>()).add(e));
  }

  String apply(String text) {
    StringBuilder result = new StringBuilder(text.length());
    int copied = 0;
    for (int at = 0; at < text.length(); ) {
      Map.Entry<String, String> match = matchAt(text, at);
      if (match == null) {
        at++;
      } else {
        result.append(text, copied, at).append(match.getValue());
        at += match.getKey().length();
        copied = at;
      }
    }
    return copied == 0 ? text : result.append(text, copied, text.length()).toString();
  }

  private Map.@Nullable Entry<String, String> matchAt(String text, int at) {
    List<Map.Entry<String, String>> candidates = byFirst.get(text.charAt(at));
    if (candidates != null) {
      for (Map.Entry<String, String> candidate : candidates) {
        if (text.startsWith(candidate.getKey(), at)) {
          return candidate;
        }
      }
    }
    return null;
  }
}
