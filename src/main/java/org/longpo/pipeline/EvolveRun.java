package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.documents.DocumentSource;
import org.longpo.evaluation.BenchmarkData;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.QuestionFile;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.PairManifest;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.report.ReportData;
import org.longpo.report.ReportPage;
import org.longpo.training.StepPlan;

/**
 * Generate, train and evaluate for every length, in one folder, whose names are those of {@link
 * RunLayout.Evolve}.
 *
 * <p>Every stage returns at once where it is finished and continues where it was killed, so the
 * same call resumes a run anywhere.
 */
public final class EvolveRun {
  private final EvolveSettings settings;
  private final RunLayout.Evolve folder;
  private final Progress progress;
  private final Cancellation cancellation;

  public EvolveRun(
      EvolveSettings settings,
      RunLayout.Evolve folder,
      Progress progress,
      Cancellation cancellation) {
    this.settings = settings;
    this.folder = folder;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * The result of a run.
   *
   * @param model the last round's checkpoint
   * @param base figures of the model that the first round started from
   * @param ropeAlone figures of the same weights under the last round's RoPE, where it is another:
   *     what of the effect needs no training
   * @param evolved figures of the last round's model
   */
  public record Outcome(
      Path model, Evaluation base, Optional<Evaluation> ropeAlone, Evaluation evolved) {
    public Outcome {
      base.requireComparableTo(evolved);
      ropeAlone.ifPresent(base::requireComparableTo);
    }
  }

  /**
   * Refuses a model that cannot be trained; reads no weight.
   *
   * @throws org.longpo.error.UserError as {@link TrainStage#requireTrainable}
   */
  public void requireTrainable() {
    settings
        .rounds()
        .forEach(round -> new TrainStage(settings.model(), round.train()).requireTrainable());
  }

  /**
   * Makes sure, before any pair is made, that every round could learn from its documents, and that
   * training at the greatest length fits into memory.
   *
   * @throws org.longpo.error.UserError if not
   */
  public void checkTraining() {
    for (RoundSettings round : settings.rounds()) {
      round
          .generate()
          .cut()
          .maxDocuments()
          .ifPresent(most -> StepPlan.requireLearning(round.train(), most));
    }
    RoundSettings longest = settings.rounds().getLast();
    new TrainStage(settings.model(), longest.train()).requireMemory(longest.generate());
  }

  /**
   * Makes sure, before anything is written, that the evaluations will have all that they need.
   * Tasks that have begun were checked at their beginning; where the run was begun without one, it
   * is checked when it is added.
   *
   * @throws org.longpo.error.UserError if texts, lengths, questions or memory do not suffice
   */
  public void check(DocumentSource documents) {
    evaluation(settings.model())
        .check(folder.baseEvaluation(), inputs(documents), progress, cancellation);
  }

  private EvaluationInputs inputs(DocumentSource documents) {
    GenerateSettings first = settings.rounds().getFirst().generate();
    return HeldOutText.of(
            documents,
            first.cut().holdOutShare(),
            first.seed(),
            settings.questions().map(Path::of).map(QuestionFile::read))
        .with(new BenchmarkData(settings.data().map(Path::of)));
  }

  /** Runs to the end. */
  public Outcome run(DocumentSource documents) {
    EvaluationInputs inputs = inputs(documents);
    progress.say("Evaluating the base model.");
    Evaluation base = evaluate(settings.model(), folder.baseEvaluation(), inputs);
    Optional<Evaluation> ropeAlone = ropeAlone(inputs);
    List<RoundRecord> rounds = new ArrayList<>();
    ModelChoice current = settings.model();
    for (int i = 0; i < settings.rounds().size(); i++) {
      RoundSettings round = settings.rounds().get(i);
      progress.say(
          "Round %d of %d: %,d tokens."
              .formatted(i + 1, settings.rounds().size(), round.lengthTokens()));
      RunLayout.Round home = folder.round(i + 1, round.lengthTokens());
      TrainStage training = new TrainStage(current, round.train());
      PairManifest manifest = pairs(current, round, home, documents, training);
      progress.say(
          "%,d pairs of %,d documents; dropped: %s."
              .formatted(
                  manifest.counts().pairs(),
                  manifest.counts().rows(),
                  manifest.counts().dropped().total() == 0
                      ? "none"
                      : manifest.counts().dropped().sentence()));
      Path trained = train(training, home, manifest);
      // The trained configuration holds the policy's position embedding.
      current = current.withFolder(trained).withRope(RopeOverride.NONE);
      Evaluation evaluation = evaluate(current, home.evaluation(), inputs);
      rounds.add(new RoundRecord(i + 1, round, home, manifest, trained, evaluation));
      writeReport(base, ropeAlone, rounds);
    }
    return new Outcome(current.folder(), base, ropeAlone, rounds.getLast().evaluation());
  }

  /**
   * Makes the pairs of a round. Where they were removed after their training, to save space, what
   * was known of them is enough.
   */
  private PairManifest pairs(
      ModelChoice generator,
      RoundSettings round,
      RunLayout.Round home,
      DocumentSource documents,
      TrainStage training) {
    if (home.arePairsGone() && training.isFinished(home.training().path())) {
      progress.say("Its pairs were removed, but they have been trained on already.");
      return PairManifest.read(home.trainedPairs());
    }
    return new GenerateStage(generator, round.generate())
        .run(home.pairs(), documents, progress, cancellation);
  }

  private Path train(TrainStage training, RunLayout.Round home, PairManifest manifest) {
    Path target = home.training().path();
    if (home.arePairsGone()) {
      return training.result(target);
    }
    Path trained = training.run(home.pairs(), target, progress, cancellation);
    manifest.write(home.trainedPairs());
    return trained;
  }

  private Optional<Evaluation> ropeAlone(EvaluationInputs inputs) {
    RopeOverride rope = settings.rounds().getLast().generate().rejectedRope();
    if (rope.equals(RopeOverride.NONE)) {
      return Optional.empty();
    }
    progress.say("Evaluating the base model with the last round's RoPE, untrained.");
    return Optional.of(evaluate(settings.model().withRope(rope), folder.ropeEvaluation(), inputs));
  }

  private EvaluateStage evaluation(ModelChoice model) {
    return new EvaluateStage(
        model, settings.evaluation(), Optional.of(settings.judge().orElse(settings.model())));
  }

  /**
   * Only the tasks of this call: one model may have figures of more, from a call that was stopped
   * before it evaluated the others.
   */
  private Evaluation evaluate(ModelChoice model, Path target, EvaluationInputs inputs) {
    EvaluateStage stage = evaluation(model);
    return stage.run(target, inputs, progress, cancellation).only(stage.plannedTasks(inputs));
  }

  private void writeReport(
      Evaluation base, Optional<Evaluation> ropeAlone, List<RoundRecord> rounds) {
    ReportData data = new ReportBuilder(settings, folder.path()).build(base, ropeAlone, rounds);
    AtomicFile.writeText(folder.reportData(), Json.pretty(data));
    AtomicFile.writeText(folder.reportPage(), ReportPage.of(data));
  }
}
