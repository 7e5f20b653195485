package org.longpo.report.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.longpo.report.PaperSample;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.paper.ShortMargins.Margins;

class ShortMarginsTest {
  private static final double ROUNDING = 1e-9;

  @Test
  void shouldHoldModelsAgainstTheFirst() {
    ShortMargins margins = ShortMargins.of(PaperSample.everything()).orElseThrow();
    assertThat(margins.base()).isEqualTo("before");
    assertThat(margins.tasks())
        .containsExactly("MMLU", "ARC-C", "HellaSwag", "WinoGrande", "MT-Bench");
    assertThat(margins.own()).hasSize(2);
    // MT-Bench, 2 of 10 points more, is stretched to the hundred of the others.
    for (int task = 0; task < 5; task++) {
      assertThat(margins.own().getFirst().figures().get(task).orElseThrow())
          .isCloseTo(20, within(ROUNDING));
      assertThat(margins.own().getLast().figures().get(task).orElseThrow())
          .isCloseTo(30, within(ROUNDING));
    }
  }

  @Test
  void shouldTakeThePapersMarginsFromItsTable() {
    ShortMargins margins =
        ShortMargins.of(PaperSample.of(List.of("mmlu", "mt-bench"), List.of())).orElseThrow();
    assertThat(margins.tasks()).containsExactly("MMLU", "MT-Bench");
    assertThat(margins.published())
        .extracting(Margins::model)
        .containsExactly(
            "Mistral-7B-LongPO-128K",
            "Mistral-7B-LongPO-256K",
            "Mistral-7B-LongPO-512K",
            "Qwen2.5-7B-LongPO-128K");
    Margins qwen = margins.published().getLast();
    assertThat(qwen.figures().getFirst().orElseThrow()).isCloseTo(-0.64, within(ROUNDING));
    assertThat(qwen.figures().getLast().orElseThrow()).isCloseTo(3.2, within(ROUNDING));
  }

  @Test
  void shouldNeedTwoModelsAndATaskOfThem() {
    Evaluations both = PaperSample.everything();
    assertThat(
            ShortMargins.of(
                new Evaluations(OptionalInt.empty(), both.tasks(), both.models().subList(0, 1))))
        .isEmpty();
    assertThat(ShortMargins.of(PaperSample.of(PaperSample.RULER, List.of(4096)))).isEmpty();
  }
}
