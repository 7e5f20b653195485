package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopSequencesTest {
  @Test
  void shouldEndBeforeStopSequenceThatArrivesInPieces() {
    StringBuilder out = new StringBuilder();
    StopSequences text = new StopSequences(List.of("END"), out::append);
    assertThat(text.write("one E")).isTrue();
    assertThat(out).hasToString("one ");
    assertThat(text.write("Nx E")).isTrue();
    assertThat(text.write("ND two")).isFalse();
    assertThat(text.write("three")).isFalse();
    text.finish();
    assertThat(out).hasToString("one ENx ");
  }

  @Test
  void shouldPassOnWhatWasHeldBack() {
    StringBuilder out = new StringBuilder();
    StopSequences text = new StopSequences(List.of("END"), out::append);
    assertThat(text.write("the EN")).isTrue();
    text.finish();
    assertThat(out).hasToString("the EN");
  }

  @Test
  void shouldPassEverythingOnWithoutStops() {
    StringBuilder out = new StringBuilder();
    StopSequences text = new StopSequences(List.of(), out::append);
    assertThat(text.write("abc")).isTrue();
    assertThat(out).hasToString("abc");
  }
}
