package org.longpo.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.comparison.Difference;
import org.longpo.reproduction.Claim.Checked;
import org.longpo.reproduction.Claim.Part;
import org.longpo.reproduction.MadeUpRecords.Level;

class ClaimsTest {
  private static final MadeUpRecords MADE_UP = MadeUpRecords.small();

  private static final Difference ABOVE = new Difference(0.2, 0.1, 0.3, 0.001);
  private static final Difference AROUND = new Difference(-0.1, -0.3, 0.1, 0.3);
  private static final Difference BELOW = new Difference(-0.2, -0.3, -0.1, 0.001);

  /** Of three questions that all came out better. */
  private static final Difference FEW = new Difference(0.2, 0.1, 0.3, 0.25);

  @Test
  void shouldHoldADifferenceAgainstWhatIsExpected() {
    assertThat(Expectation.GREATER.of(ABOVE)).isEqualTo(Verdict.AGREES);
    assertThat(Expectation.GREATER.of(AROUND)).isEqualTo(Verdict.NOT_DECIDED);
    assertThat(Expectation.GREATER.of(FEW)).isEqualTo(Verdict.NOT_DECIDED);
    assertThat(Expectation.GREATER.of(BELOW)).isEqualTo(Verdict.DISAGREES);
    assertThat(Expectation.LESS.of(ABOVE)).isEqualTo(Verdict.DISAGREES);
    assertThat(Expectation.LESS.of(AROUND)).isEqualTo(Verdict.NOT_DECIDED);
    assertThat(Expectation.LESS.of(BELOW)).isEqualTo(Verdict.AGREES);
    assertThat(Expectation.NOT_LESS.of(ABOVE)).isEqualTo(Verdict.AGREES);
    assertThat(Expectation.NOT_LESS.of(AROUND)).isEqualTo(Verdict.AGREES);
    assertThat(Expectation.NOT_LESS.of(BELOW)).isEqualTo(Verdict.DISAGREES);
  }

  private static Verdict verdict(Verdict... parts) {
    List<Checked> checked = new ArrayList<>();
    for (Verdict part : parts) {
      checked.add(
          new Checked(new Part("", Optional.empty(), Expectation.GREATER), Optional.empty(), part));
    }
    return Claim.verdict(checked);
  }

  @Test
  void shouldAgreeOnlyIfAllPartsDo() {
    assertThat(verdict(Verdict.AGREES, Verdict.AGREES)).isEqualTo(Verdict.AGREES);
    assertThat(verdict(Verdict.AGREES, Verdict.NOT_DECIDED)).isEqualTo(Verdict.NOT_DECIDED);
    assertThat(verdict(Verdict.NOT_DECIDED, Verdict.NOT_MEASURED)).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(verdict(Verdict.NOT_MEASURED, Verdict.DISAGREES)).isEqualTo(Verdict.DISAGREES);
  }

  private static Map<String, Verdict> verdicts(List<ArmRecord> records) {
    Results results = Results.of(records, MADE_UP.scale());
    return Claims.ALL.stream()
        .collect(
            Collectors.toMap(
                Claim::id,
                claim ->
                    Claim.verdict(claim.parts().apply(results).stream().map(Part::check).toList()),
                (one, _) -> one,
                TreeMap::new));
  }

  private static void add(List<ArmRecord> records, String arm, int round, Level level) {
    for (long seed : MADE_UP.scale().seeds()) {
      records.add(MADE_UP.test(Results.arm(arm), seed, round, level, List.of()));
    }
  }

  @Test
  void shouldAgreeWithWhatThePaperSaysIfThatIsMeasured() {
    List<ArmRecord> records = new ArrayList<>();
    records.add(MADE_UP.base(ArmRecord.BASE, new Level(0, 1)));
    records.add(MADE_UP.base(ArmRecord.BASE_ROPE, new Level(0.1, 1)));
    for (int round = 1; round <= 3; round++) {
      add(records, "longpo", round, new Level(0.1 + 0.3 * round, 1));
      add(records, "sft", round, new Level(0.3, 0.5));
      add(records, "dpo", round, new Level(0.2, 0.5));
      add(records, "longpo-unconstrained", round, new Level(0.2, 0.5));
    }
    add(records, "longpo-without-nll", 1, new Level(0.1, 1));
    assertThat(verdicts(records))
        .hasSize(8)
        .allSatisfy((_, verdict) -> assertThat(verdict).isEqualTo(Verdict.AGREES));
  }

  @Test
  void shouldSayWhatDoesNotAgree() {
    List<ArmRecord> records = new ArrayList<>();
    records.add(MADE_UP.base(ArmRecord.BASE, new Level(0.5, 1)));
    records.add(MADE_UP.base(ArmRecord.BASE_ROPE, new Level(0.9, 1)));
    for (int round = 1; round <= 3; round++) {
      add(records, "longpo", round, new Level(0.2, 0.5));
      add(records, "sft", round, new Level(0.9, 1));
      add(records, "dpo", round, new Level(0.9, 1));
      add(records, "longpo-unconstrained", round, new Level(0.9, 1));
    }
    add(records, "longpo-without-nll", 1, new Level(0.9, 1));
    assertThat(verdicts(records))
        .allSatisfy((_, verdict) -> assertThat(verdict).isEqualTo(Verdict.DISAGREES));
  }

  @Test
  void shouldSayWhatWasNotMeasured() {
    assertThat(verdicts(MADE_UP.bases()))
        .allSatisfy((_, verdict) -> assertThat(verdict).isEqualTo(Verdict.NOT_MEASURED));
  }

  @Test
  void shouldShowAReasonOnlyWithItsVerdict() {
    Reasons reasons =
        new Reasons(
            Map.of(
                "long-beats-dpo", Map.of("not measured", "Nobody ran it."),
                "long-beats-sft", Map.of("does not agree", "Pairs of nonsense.")));
    String lines =
        new ClaimsSection(reasons)
            .blocks(Results.of(MADE_UP.bases(), MADE_UP.scale())).stream()
                .map(block -> String.join("\n", ((Section.Text) block).lines()))
                .collect(Collectors.joining("\n"));
    assertThat(lines)
        .contains("Likely reason: Nobody ran it.")
        .doesNotContain("Pairs of nonsense.");
  }

  @Test
  void shouldRefuseReasonsOfNoClaimOrVerdict() {
    assertThat(Reasons.read().reasons()).isNotNull();
    assertThatThrownBy(() -> new Reasons(Map.of("longer", Map.of())))
        .hasMessage("a reason for no claim: longer");
    assertThatThrownBy(() -> new Reasons(Map.of("long-beats-dpo", Map.of("perhaps", ""))))
        .hasMessage("a reason for no verdict: perhaps");
  }
}
