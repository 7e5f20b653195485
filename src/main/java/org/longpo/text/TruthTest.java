package org.longpo.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import org.jspecify.annotations.Nullable;

/** Python's {@code value == true} and {@code value == false}: no text equals either. */
final class TruthTest implements ExpTest {
  static final String NAME = "equal_truth__";

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean evaluate(
      @Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
    boolean wanted = Boolean.TRUE.equals(arguments[0]);
    return switch (value) {
      case Boolean flag -> flag == wanted;
      case Number number -> number.doubleValue() == (wanted ? 1 : 0);
      case null, default -> false;
    };
  }
}
