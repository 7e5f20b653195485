package org.longpo.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;
import org.longpo.model.ModelIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.reproduction.ArmRecord.Key;
import org.longpo.reproduction.ArmRecord.Origin;
import org.longpo.reproduction.ArmRecord.Purpose;
import org.longpo.tiny.EmbeddedModel;

class ReproduceRunTest {
  private static final ReproductionScale SCALE = ReproductionScale.quick();

  @TempDir Path folder;
  private Path base;
  private ReproductionLayout layout;

  @BeforeEach
  void writeBase() throws Exception {
    base = folder.resolve("base");
    EmbeddedModel.unpack(base);
    layout = new ReproductionLayout(folder.resolve("run"), folder.resolve("records"));
    Files.createDirectories(layout.records());
  }

  private void write(String base) {
    write(base, SCALE);
  }

  /**
   * @param measured whose settings the records are of
   */
  private void write(String base, ReproductionScale measured) {
    ReproductionSettings settings = new ReproductionSettings(measured);
    for (ArmRecord made : new MadeUpRecords(SCALE, 2, 3).all()) {
      ArmRecord record =
          new ArmRecord(
              made.format(),
              made.key(),
              made.learningRate(),
              new Origin("0123abc", base, fingerprint(settings, made)),
              isWorseRate(made) ? zeros(made.scores()) : made.scores(),
              made.training());
      record.write(
          made.key().purpose() == Purpose.VALIDATION
              ? layout.rateRecord(made.key(), made.learningRate())
              : layout.record(made.key()));
    }
  }

  /** Runs choose the rate that the made-up arms were trained with. */
  private static boolean isWorseRate(ArmRecord made) {
    return made.key().purpose() == Purpose.VALIDATION && made.learningRate() != MadeUpRecords.RATE;
  }

  private static Map<String, List<Double>> zeros(Map<String, List<Double>> scores) {
    Map<String, List<Double>> zeros = new TreeMap<>();
    scores.forEach((task, all) -> zeros.put(task, Collections.nCopies(all.size(), 0.0)));
    return zeros;
  }

  private static String fingerprint(ReproductionSettings settings, ArmRecord made) {
    return Arms.all()
        .filter(arm -> arm.id().equals(made.key().arm()))
        .findFirst()
        .map(arm -> settings.fingerprint(made.key(), arm, made.learningRate()))
        .orElseGet(() -> settings.fingerprint(made.key()));
  }

  private String fingerprint() {
    return ModelIdentity.of(ReproductionSettings.model(base)).sha256();
  }

  private List<ArmRecord> run() {
    return run(2);
  }

  private List<ArmRecord> run(int workers) {
    return new Reproduction(
            base, /* quick= */ true, layout.run(), layout.records(), folder.resolve("page.md"))
        .run(workers, "abcdef0", Progress.NONE, Cancellation.NEVER);
  }

  @Test
  void shouldTakeOverAllRecordsAndTrainNothing() {
    write(fingerprint());
    List<ArmRecord> records = run();
    // Two bases, three rates of four arms, and these in two rounds.
    assertThat(records).hasSize(2 + 12 + 8);
    assertThat(records).allMatch(record -> record.origin().git().equals("0123abc"));
    assertThat(layout.run()).doesNotExist();
    assertThat(run(1)).isEqualTo(records);
    assertThat(folder.resolve("page.md")).content().contains("# The paper's experiments in small");
  }

  @Test
  void shouldRefuseRecordsOfAnotherBase() {
    write("f".repeat(64));
    assertThatThrownBy(this::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was measured from another base model; give --records another")
        .hasMessageContaining("records");
  }

  /** Both scales have records of the same names. */
  @Test
  void shouldRefuseRecordsOfOtherSettings() {
    write(fingerprint(), ReproductionScale.full());
    assertThatThrownBy(this::run)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was measured with other settings (--quick,")
        .hasMessageContaining("records");
  }

  @Test
  void shouldRefuseABaseThatIsNoModel() {
    Path missing = folder.resolve("missing");
    Reproduction reproduction =
        new Reproduction(
            missing, /* quick= */ true, layout.run(), layout.records(), folder.resolve("page.md"));
    assertThatThrownBy(reproduction::check)
        .isInstanceOf(UserError.class)
        .hasMessageContaining(missing.toString());
    assertThat(layout.run()).doesNotExist();
  }

  @Test
  void shouldChooseRatesByLongAndShortScoresOfEqualWeight() {
    ArmRecord record =
        new ArmRecord(
            ArmRecord.FORMAT,
            new Key("longpo", 1, 1, Purpose.VALIDATION),
            1e-4,
            new Origin("0123abc", "f", "settings"),
            Map.of(
                "village-home@256", List.of(1.0, 1.0),
                "village-home@512", List.of(1.0, 0.0),
                "village-code@512", List.of(0.25),
                "village-reverse", List.of(1.0, 0.5)),
            ArmRecord.Training.NONE);
    assertThat(record.selectionScore(SCALE.rounds().getFirst())).isEqualTo((0.375 + 0.75) / 2);
  }
}
