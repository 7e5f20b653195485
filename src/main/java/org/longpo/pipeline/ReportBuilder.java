package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.documents.SpanReader;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.ResultRow;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskResult;
import org.longpo.evaluation.tasks.BitsPerByteTask;
import org.longpo.files.Json;
import org.longpo.pairs.DropExample;
import org.longpo.pairs.DropExamples;
import org.longpo.report.ReportData;
import org.longpo.report.ReportData.DropCount;
import org.longpo.report.ReportData.DroppedPair;
import org.longpo.report.ReportData.Evaluations;
import org.longpo.report.ReportData.Fact;
import org.longpo.report.ReportData.Generation;
import org.longpo.report.ReportData.Pairs;
import org.longpo.report.ReportData.Round;
import org.longpo.report.ReportData.TrainingSize;
import org.longpo.training.TrainedOn;

/** Gathers a run's records into what the report shows. */
final class ReportBuilder {
  private final EvolveSettings settings;
  private final Path folder;

  ReportBuilder(EvolveSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  ReportData build(Evaluation base, Optional<Evaluation> ropeAlone, List<RoundRecord> rounds) {
    SequencedMap<String, Evaluation> models = new LinkedHashMap<>();
    models.put("before", base);
    ropeAlone.ifPresent(evaluation -> models.put("before, RoPE of the last round", evaluation));
    rounds.forEach(
        round ->
            models.put(
                "after round %d (%,d tokens)"
                    .formatted(round.number(), round.settings().lengthTokens()),
                round.evaluation()));
    TrainingCourse training = new TrainingCourse();
    rounds.forEach(
        round ->
            training.add(
                round.number(),
                round.folder().training(),
                TrainedOn.read(round.folder().training()).steps()));
    SpanReader reader = new SpanReader();
    return new ReportData(
        "LongPO: " + settings.model().folder().toAbsolutePath().normalize().getFileName(),
        summary(base, rounds.getLast().evaluation()),
        facts(rounds),
        Evaluations.of(
            OptionalInt.of(ModelConfig.read(settings.model().folder()).maxPositionEmbeddings()),
            models),
        training.steps(),
        new Pairs(
            rounds.stream().map(ReportBuilder::generation).toList(),
            rounds.stream()
                .flatMap(
                    round -> TrainedExamples.of(round.number(), round.folder(), reader).stream())
                .toList()),
        rounds.stream().map(this::round).toList());
  }

  /** A sentence for each task: its headline metric at the greatest length. */
  private static String summary(Evaluation before, Evaluation after) {
    List<String> sentences = new ArrayList<>();
    for (TaskResult result : after.tasks()) {
      TaskInfo task = result.task();
      if (result.headlines().isEmpty()) {
        sentences.add("%s has no %s.".formatted(task.name(), task.headline().label()));
        continue;
      }
      ResultRow last = result.headlines().getLast();
      before
          .task(task.id())
          .flatMap(earlier -> earlier.headline(last.length()))
          .ifPresent(
              first ->
                  sentences.add(
                      String.format(
                          Locale.ROOT,
                          "%s%s, %s: %s before, %s after (n = %,d%s).",
                          task.name(),
                          last.length().isPresent()
                              ? String.format(
                                  Locale.ROOT, " at %,d tokens", last.length().getAsInt())
                              : "",
                          task.headline().label(),
                          task.headline().text(first.value()),
                          task.headline().text(last.estimate().value()),
                          last.estimate().n(),
                          windows(result))));
    }
    return String.join(" ", sentences);
  }

  /** How long the windows are that a text was cut into: figures of other windows differ. */
  private static String windows(TaskResult result) {
    OptionalInt tokens = result.setting(BitsPerByteTask.WINDOW);
    return tokens.isPresent()
        ? String.format(Locale.ROOT, ", windows of %,d tokens", tokens.getAsInt())
        : "";
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

  private static Generation generation(RoundRecord round) {
    DropExamples examples = DropExamples.read(new PairFolder(round.folder().pairs()).droppedFile());
    return new Generation(
        round.number(),
        round.pairs().counts().pairs(),
        round.pairs().counts().dropped().byReason().entrySet().stream()
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
    TrainedOn trainedOn = TrainedOn.read(round.folder().training());
    return new Round(
        round.number(),
        round.settings().lengthTokens(),
        new TrainingSize(
            trainedOn.documents(),
            trainedOn.pairs(),
            trainedOn.heldOut().size(),
            trainedOn.tooLong().size(),
            trainedOn.steps()),
        folder.relativize(round.model()).toString());
  }
}
