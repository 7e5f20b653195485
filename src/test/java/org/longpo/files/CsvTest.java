package org.longpo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void shouldQuoteOnlyWhatNeedsQuotes() {
    Csv csv =
        new Csv(
            List.of("name", "said"),
            List.of(
                List.of("one, two", "\"yes\""), List.of("", "two\nlines"), List.of("é", "a b")));
    assertThat(csv.text())
        .isEqualTo("name,said\n\"one, two\",\"\"\"yes\"\"\"\n,\"two\nlines\"\né,a b\n");
  }

  @Test
  void shouldRefuseARowOfAnotherLength() {
    assertThatThrownBy(() -> new Csv(List.of("a", "b"), List.of(List.of("1"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
