package org.longpo.evaluation.scoring;

import java.util.List;
import org.longpo.text.WhiteSpace;

/**
 * How RULER scores answers (Hsieh et al. 2024; {@code scripts/eval/evaluate.py} and {@code
 * scripts/eval/synthetic/constants.py} of github.com/NVIDIA/RULER): a reference is found if it
 * occurs anywhere in the answer, whatever the case of the letters.
 */
public final class RulerScore {
  /** All others of ASCII's control characters are below a space. */
  private static final char FIRST_PRINTABLE = ' ';

  private RulerScore() {}

  /**
   * The share of the references that are found in the answer, RULER's {@code string_match_all}.
   *
   * @param references at least one
   * @return in [0, 1]
   */
  public static double shareFound(String answer, List<String> references) {
    return found(answer, references) / (double) references.size();
  }

  /**
   * Whether one of the references is found in the answer, RULER's {@code string_match_part}.
   *
   * @param references at least one
   */
  public static boolean anyFound(String answer, List<String> references) {
    return found(answer, references) > 0;
  }

  private static long found(String answer, List<String> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("an answer without references has no score");
    }
    String lower = PythonLowerCase.of(cleaned(answer));
    return references.stream()
        .filter(reference -> lower.contains(PythonLowerCase.of(reference)))
        .count();
  }

  /** Stripped, and each control character a line break; references are left as they are. */
  private static String cleaned(String answer) {
    StringBuilder lines = new StringBuilder(WhiteSpace.strip(answer));
    for (int i = 0; i < lines.length(); i++) {
      if (lines.charAt(i) < FIRST_PRINTABLE) {
        lines.setCharAt(i, '\n');
      }
    }
    return WhiteSpace.strip(lines.toString());
  }
}
