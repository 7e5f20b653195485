package org.longpo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  @Test
  void shouldCloseAllAndThrowFirstFailureWithTheOthers() {
    List<String> closed = new ArrayList<>();
    IllegalStateException first = new IllegalStateException("first");
    IOException second = new IOException("second");
    Resources resources =
        Resources.open(
            opened -> {
              opened.add(() -> closed.add("bottom"));
              opened.add(
                  () -> {
                    throw second;
                  });
              opened.add(() -> closed.add("middle"));
              opened.add(
                  () -> {
                    throw first;
                  });
              return opened;
            });
    assertThatThrownBy(resources::close).isSameAs(first);
    assertThat(first.getSuppressed())
        .singleElement()
        .extracting(Throwable::getCause)
        .isSameAs(second);
    assertThat(closed).containsExactly("middle", "bottom");
  }
}
