package org.longpo.cli;

import java.util.List;
import org.longpo.inference.Writer;

/** A text on standard output as it grows, and its reasoning on standard error. */
final class CompletionOutput implements Writer.Listener {
  private final StopSequences answer;
  private final boolean showReasoning;
  private final Console console;
  private Writer.Part part = Writer.Part.REASONING;
  private boolean hasReasoning;

  /**
   * @param stops texts that the output ends before
   */
  CompletionOutput(List<String> stops, boolean showReasoning, Console console) {
    this.answer = new StopSequences(stops, console.out()::print);
    this.showReasoning = showReasoning;
    this.console = console;
  }

  @Override
  public boolean written(int request, Writer.Part more, String text) {
    console.cancellation().throwIfRequested();
    boolean reasoningEnds = hasReasoning && more != part && more == Writer.Part.ANSWER;
    part = more;
    return switch (more) {
      case REASONING -> {
        hasReasoning = true;
        showReasoning(text);
        yield true;
      }
      case ANSWER -> {
        if (reasoningEnds) {
          showReasoning(System.lineSeparator());
        }
        yield answer.write(text);
      }
    };
  }

  /** Writes what was held back, and a line break. */
  void finish() {
    answer.finish();
    console.out().println();
    console.out().flush();
  }

  /** Whether there is an answer; not if the reasoning never ended. */
  boolean hasAnswer() {
    return part == Writer.Part.ANSWER;
  }

  private void showReasoning(String text) {
    if (showReasoning) {
      console.err().print(text);
    }
  }
}
