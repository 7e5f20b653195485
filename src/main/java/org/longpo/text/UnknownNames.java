package org.longpo.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Stand for filters and tests that the engine does not know, and say so if they are reached; the
 * engine itself passes over them.
 */
final class UnknownNames {
  static final String NAME = "unknown__";

  private UnknownNames() {}

  static final class UnknownFilter implements Filter {
    @Override
    public String getName() {
      return NAME;
    }

    @Override
    public Object filter(
        @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
      throw new IllegalArgumentException("there is no filter " + arguments[0]);
    }
  }

  static final class UnknownTest implements ExpTest {
    @Override
    public String getName() {
      return NAME;
    }

    @Override
    public boolean evaluate(
        @Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
      throw new IllegalArgumentException("there is no test " + arguments[0]);
    }
  }
}
