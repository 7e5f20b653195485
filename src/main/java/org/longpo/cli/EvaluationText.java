package org.longpo.cli;

import java.util.Locale;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.LengthScore;
import org.longpo.evaluation.LongScore;

/** One model's figures, a line for each. */
final class EvaluationText {
  private final StringBuilder text = new StringBuilder();

  private EvaluationText() {}

  static String of(Evaluation evaluation) {
    EvaluationText lines = new EvaluationText();
    evaluation.needle().ifPresent(score -> lines.add("needles found", score));
    evaluation.qaLong().ifPresent(score -> lines.add("QA in a haystack, exact", score));
    evaluation
        .qaShort()
        .ifPresent(
            qa ->
                lines.add(
                    "QA about a passage, exact: %s (n = %,d about %,d passages)",
                    FigureText.of(qa.exactMatch()),
                    qa.exactMatch().n(),
                    qa.exactMatch().clusters()));
    evaluation
        .bitsPerByte()
        .ifPresent(
            bits ->
                lines.add(
                    "bits per byte at %,d tokens: %s (%,d windows of %,d documents)",
                    bits.windowTokens(),
                    FigureText.of(bits),
                    bits.bitsPerByte().n(),
                    bits.bitsPerByte().clusters()));
    lines.add("%s", FigureText.legend(lines.text));
    return lines.text.toString();
  }

  private void add(String what, LongScore score) {
    for (LengthScore length : score.byLength()) {
      add(
          "%s at %,d tokens: %s (n = %,d in %,d haystacks)",
          what,
          length.length(),
          FigureText.of(length.accuracy()),
          length.accuracy().n(),
          length.accuracy().clusters());
    }
  }

  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
