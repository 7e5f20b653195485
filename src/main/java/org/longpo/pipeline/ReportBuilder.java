package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.LongScore;
import org.longpo.files.Json;
import org.longpo.pairs.DropExample;
import org.longpo.pairs.DropExamples;
import org.longpo.report.ReportData;
import org.longpo.report.ReportData.AccuracyPoint;
import org.longpo.report.ReportData.AccuracySeries;
import org.longpo.report.ReportData.DropCount;
import org.longpo.report.ReportData.DroppedPair;
import org.longpo.report.ReportData.Fact;
import org.longpo.report.ReportData.Generation;
import org.longpo.report.ReportData.HeatMap;
import org.longpo.report.ReportData.HeatMapCell;
import org.longpo.report.ReportData.Round;
import org.longpo.report.ReportData.ShortScore;
import org.longpo.training.TrainedOn;

/** Gathers a run's records into what the report shows. */
final class ReportBuilder {
  private final EvolveSettings settings;
  private final Path folder;

  ReportBuilder(EvolveSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** A model under its name in charts. */
  private record Scored(String name, Evaluation evaluation) {}

  ReportData build(Evaluation base, Optional<Evaluation> ropeAlone, List<RoundRecord> rounds) {
    List<Scored> models = new ArrayList<>(List.of(new Scored("before", base)));
    ropeAlone.ifPresent(
        evaluation -> models.add(new Scored("before, RoPE of the last round", evaluation)));
    rounds.forEach(
        round ->
            models.add(
                new Scored(
                    "after round %d (%,d tokens)"
                        .formatted(round.number(), round.settings().lengthTokens()),
                    round.evaluation())));
    TrainingCourse training = new TrainingCourse();
    rounds.forEach(
        round ->
            training.add(round.number(), training(round), TrainedOn.read(training(round)).steps()));
    return new ReportData(
        "LongPO: " + settings.model().folder().toAbsolutePath().normalize().getFileName(),
        summary(models),
        facts(rounds),
        OptionalInt.of(ModelConfig.read(settings.model().folder()).maxPositionEmbeddings()),
        models.stream().flatMap(model -> accuracy(model).stream()).toList(),
        models.stream().flatMap(model -> heatMap(model).stream()).toList(),
        shortScores(models),
        training.steps(),
        rounds.stream().map(ReportBuilder::generation).toList(),
        rounds.stream().map(this::round).toList(),
        rounds.stream()
            .flatMap(round -> TrainedExamples.of(round.number(), round.home()).stream())
            .toList());
  }

  private static String summary(List<Scored> models) {
    StringBuilder text = new StringBuilder();
    Evaluation before = models.getFirst().evaluation();
    Evaluation after = models.getLast().evaluation();
    if (before.needle().isPresent() && after.needle().isPresent()) {
      var first = before.needle().get().byLength().getLast();
      var last = after.needle().get().byLength().getLast();
      text.append(
          String.format(
              Locale.ROOT,
              "Needles found at %,d tokens: %.1f %% before, %.1f %% after (n = %d). ",
              last.length(),
              100 * first.accuracy().accuracy(),
              100 * last.accuracy().accuracy(),
              last.accuracy().n()));
    }
    if (before.bitsPerByte().isPresent() && after.bitsPerByte().isPresent()) {
      text.append(
          String.format(
              Locale.ROOT,
              "Held-out text in windows of %,d tokens: %.3f bits per byte before, %.3f after.",
              after.bitsPerByte().get().windowTokens(),
              before.bitsPerByte().get().bitsPerByte().mean(),
              after.bitsPerByte().get().bitsPerByte().mean()));
    }
    return text.toString();
  }

  private List<Fact> facts(List<RoundRecord> rounds) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("model", settings.model().folder().getFileName().toString()));
    facts.add(new Fact("documents", String.join(", ", settings.documents())));
    facts.add(new Fact("chat template", Json.line(settings.model().chat())));
    facts.add(new Fact("seed", Long.toString(settings.evaluation().seed())));
    rounds.forEach(
        round ->
            facts.add(
                new Fact(
                    "training, round " + round.number(),
                    Json.line(round.settings().train().byName()))));
    return facts;
  }

  private static List<AccuracySeries> accuracy(Scored model) {
    return model.evaluation().needle().stream()
        .map(
            score ->
                new AccuracySeries(
                    model.name(),
                    score.byLength().stream()
                        .map(
                            length ->
                                new AccuracyPoint(
                                    length.length(),
                                    length.accuracy().accuracy(),
                                    length.accuracy().standardError(),
                                    length.accuracy().n()))
                        .toList()))
        .toList();
  }

  private static List<HeatMap> heatMap(Scored model) {
    return model.evaluation().needle().map(LongScore::byLengthAndDepth).stream()
        .map(
            cells ->
                new HeatMap(
                    model.name(),
                    cells.stream()
                        .map(
                            cell ->
                                new HeatMapCell(
                                    cell.length(),
                                    cell.depthPercent() / 100,
                                    cell.accuracy().accuracy(),
                                    cell.accuracy().n()))
                        .toList()))
        .toList();
  }

  private static List<ShortScore> shortScores(List<Scored> models) {
    List<ShortScore> scores = new ArrayList<>();
    for (Scored model : models) {
      model
          .evaluation()
          .bitsPerByte()
          .ifPresent(
              bits ->
                  scores.add(
                      new ShortScore(
                          "bits per byte of held-out text",
                          false,
                          model.name(),
                          bits.bitsPerByte().mean(),
                          bits.bitsPerByte().standardError())));
      model
          .evaluation()
          .qaShort()
          .ifPresent(
              qa ->
                  scores.add(
                      new ShortScore(
                          "QA about short passages, exact match",
                          true,
                          model.name(),
                          qa.exactMatch().accuracy(),
                          qa.exactMatch().standardError())));
    }
    return scores;
  }

  private static Path training(RoundRecord round) {
    return round.home().resolve("training");
  }

  private static Generation generation(RoundRecord round) {
    DropExamples examples =
        DropExamples.read(new PairFolder(round.home().resolve("pairs")).droppedFile());
    return new Generation(
        round.number(),
        round.pairs().pairs(),
        round.pairs().dropped().byReason().entrySet().stream()
            .map(
                entry ->
                    new DropCount(
                        entry.getKey().sentence(),
                        entry.getValue(),
                        examples.of(entry.getKey()).map(ReportBuilder::droppedPair)))
            .toList());
  }

  private static DroppedPair droppedPair(DropExample example) {
    return new DroppedPair(
        Path.of(example.document()).getFileName().toString(),
        example.instruction(),
        example.chosen(),
        example.rejected());
  }

  private Round round(RoundRecord round) {
    TrainedOn trainedOn = TrainedOn.read(training(round));
    return new Round(
        round.number(),
        round.settings().lengthTokens(),
        trainedOn.documents(),
        trainedOn.pairs(),
        trainedOn.heldOut().size(),
        trainedOn.tooLong().size(),
        trainedOn.steps(),
        folder.relativize(round.model()).toString());
  }
}
