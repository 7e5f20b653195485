package org.longpo.reproduction;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.longpo.documents.DocumentSource;
import org.longpo.model.ModelChoice;
import org.longpo.model.ModelIdentity;
import org.longpo.model.Workers;
import org.longpo.objective.Input;
import org.longpo.pairs.PairManifest;
import org.longpo.pipeline.GenerateStage;
import org.longpo.pipeline.PairFolder;
import org.longpo.pipeline.ReferenceStage;
import org.longpo.pipeline.TrainStage;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.reproduction.ArmRecord.Key;
import org.longpo.reproduction.ArmRecord.Origin;
import org.longpo.reproduction.ArmRecord.Purpose;
import org.longpo.reproduction.ReproductionScale.Round;
import org.longpo.training.TrainingFolder;
import org.longpo.training.TrainingSettings;

/**
 * Trains and measures all arms of a scale. What is measured is a record, and never measured again;
 * everything else is made where a missing record needs it. Arms are independent of one another, so
 * that several run side by side, each on a thread.
 *
 * <p>The pairs of a round are written by LongPO's model of the round before, the base in the first,
 * and are the same for all arms; each arm continues from its own model.
 */
final class ReproduceRun {
  private static final double NO_RATE = 0;
  private static final int BEGUN_PER_WORKER = 8;

  private final ModelChoice base;
  private final ReproductionScale scale;
  private final ReproductionSettings settings;
  private final ReproductionLayout layout;
  private final String git;
  private final String baseSha256;
  private final Progress progress;
  private final Cancellation cancellation;
  private final Once<Path, PairFolder> pairs = new Once<>();
  private final Once<Path, Path> models = new Once<>();
  private final Once<Path, ArmRecord> records = new Once<>();
  private final Once<String, Double> rates = new Once<>();
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * @param base folder of a model of the village
   * @param git commit of the program, for the records
   */
  ReproduceRun(
      Path base,
      ReproductionScale scale,
      ReproductionLayout layout,
      String git,
      Progress progress,
      Cancellation cancellation) {
    this.base = ReproductionSettings.model(base);
    this.scale = scale;
    this.settings = new ReproductionSettings(scale);
    this.layout = layout;
    this.git = git;
    this.baseSha256 = ModelIdentity.of(this.base).sha256();
    this.progress = progress;
    this.cancellation = () -> failed.get() || cancellation.requested();
  }

  /** A part of the run, which leaves a record. */
  private record Job(String name, Supplier<ArmRecord> work) {}

  /** Runs to the end; all records, those of earlier runs included. */
  public List<ArmRecord> run(int workers) {
    List<Job> jobs = jobs();
    List<ArmRecord> done = new ArrayList<>();
    Iterator<Job> waiting = jobs.iterator();
    Deque<Future<?>> begun = new ArrayDeque<>();
    // A single worker does a job at once. Of several none waits for one that takes long.
    int most = workers == 1 ? 1 : BEGUN_PER_WORKER * workers;
    try (Workers threads = Workers.start(workers);
        Progress.Task task = progress.start("Reproducing", "models", 0, jobs.size())) {
      try {
        while (waiting.hasNext() || !begun.isEmpty()) {
          while (waiting.hasNext() && begun.size() < most) {
            begun.add(threads.begin(waiting.next().work()::get));
          }
          Workers.result(begun.remove());
          Job job = jobs.get(done.size());
          // It is there by now.
          done.add(job.work().get());
          task.advance(1, 0, job.name());
        }
      } finally {
        failed.set(done.size() < jobs.size());
        begun.forEach(work -> work.cancel(/* mayInterruptIfRunning= */ false));
      }
    }
    return done;
  }

  /** What later ones need comes first, so that few have to wait. */
  private List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    jobs.add(new Job("base", () -> base(ArmRecord.BASE, base)));
    jobs.add(
        new Job(
            "base, RoPE raised", () -> base(ArmRecord.BASE_ROPE, base.withRope(settings.rope()))));
    List<Arm> first = new ArrayList<>(Arms.HEADLINE);
    first.addAll(scale.others());
    for (Arm arm : first) {
      for (double rate : scale.rates()) {
        jobs.add(new Job("%s, rate %s".formatted(arm.name(), rate), () -> rated(arm, rate)));
      }
    }
    for (int round = 1; round <= scale.rounds().size(); round++) {
      for (Arm arm : round == 1 ? first : Arms.HEADLINE) {
        for (long seed : scale.seeds()) {
          jobs.add(job(arm, seed, round));
        }
      }
    }
    scale.sweeps().forEach(arm -> jobs.add(job(arm, scale.seeds().getFirst(), 1)));
    return jobs;
  }

  private Job job(Arm arm, long seed, int round) {
    return new Job(
        "%s, seed %d, round %d".formatted(arm.name(), seed, round),
        () -> measured(arm, seed, round));
  }

  private ArmRecord base(String id, ModelChoice model) {
    Key key = new Key(id, 0, 0, Purpose.TEST);
    Origin origin = origin(settings.fingerprint(key));
    return record(
        layout.record(key),
        origin,
        () ->
            new ArmRecord(
                ArmRecord.FORMAT,
                key,
                NO_RATE,
                origin,
                scores(model, key, NO_RATE),
                ArmRecord.Training.NONE));
  }

  private ArmRecord measured(Arm arm, long seed, int round) {
    Key key = new Key(arm.id(), seed, round, Purpose.TEST);
    return trained(layout.record(key), key, arm, rate(arm));
  }

  /** The record by which a rate is chosen. */
  private ArmRecord rated(Arm arm, double rate) {
    Key key = new Key(arm.id(), scale.seeds().getFirst(), 1, Purpose.VALIDATION);
    return trained(layout.rateRecord(key, rate), key, arm, rate);
  }

  private ArmRecord trained(Path file, Key key, Arm arm, double rate) {
    Origin origin = origin(settings.fingerprint(key, arm, rate));
    return record(
        file,
        origin,
        () -> {
          Path model = model(arm, key.seed(), key.round(), rate);
          return new ArmRecord(
              ArmRecord.FORMAT,
              key,
              rate,
              origin,
              scores(ReproductionSettings.model(model), key, rate),
              training(arm, key, layout.training(arm, key.seed(), key.round(), rate)));
        });
  }

  private Origin origin(String settingsSha256) {
    return new Origin(git, baseSha256, settingsSha256);
  }

  private Map<String, List<Double>> scores(ModelChoice model, Key key, double rate) {
    return new ArmMeasurement(settings, layout.evaluation(key, rate), cancellation).of(model, key);
  }

  private ArmRecord record(Path file, Origin origin, Supplier<ArmRecord> make) {
    return records.get(
        file,
        () -> {
          if (Files.exists(file)) {
            ArmRecord earlier = ArmRecord.read(file);
            earlier.requireSame(origin, file);
            return earlier;
          }
          ArmRecord made = make.get();
          made.write(file);
          return made;
        });
  }

  /** The rate whose model has the best mean of long and short score on validation questions. */
  private double rate(Arm arm) {
    return rates.get(
        arm.ratesOf(),
        () -> {
          Arm chooses =
              Arms.all().filter(one -> one.id().equals(arm.ratesOf())).findFirst().orElseThrow();
          double best = NO_RATE;
          double score = Double.NEGATIVE_INFINITY;
          for (double rate : scale.rates()) {
            double own = rated(chooses, rate).selectionScore(scale.rounds().getFirst());
            if (own > score) {
              best = rate;
              score = own;
            }
          }
          return best;
        });
  }

  private Path model(Arm arm, long seed, int round, double rate) {
    TrainingFolder folder = layout.training(arm, seed, round, rate);
    return models.get(
        folder.path(),
        () -> {
          ModelChoice start = start(arm, seed, round);
          TrainingSettings training = settings.train(arm, round(round), rate, seed);
          PairFolder data = pairsOf(arm, start, training, seed, round);
          KeptSentences sentences = new KeptSentences();
          Path model =
              new TrainStage(start, training)
                  .run(data.path(), folder.path(), sentences, cancellation);
          new TrainingNotes(folder).keep(sentences.warnings());
          return model;
        });
  }

  private ModelChoice start(Arm arm, long seed, int round) {
    return round == 1 ? base : ReproductionSettings.model(model(arm, seed, round - 1, rate(arm)));
  }

  private Round round(int number) {
    return scale.rounds().get(number - 1);
  }

  /** The pairs that an arm trains on, with all that its objective reads. */
  private PairFolder pairsOf(
      Arm arm, ModelChoice start, TrainingSettings training, long seed, int round) {
    PairFolder all = pairs(arm.pairs(), seed, round);
    Path own = layout.pairsOf(arm, seed, round);
    if (arm.pairs().swappedShare() > 0) {
      new SwappedPairs(arm.pairs().swappedShare(), seed).write(all, own);
      return new PairFolder(own);
    }
    if (!training.objective().requirements().needsReference(Input.LONG)) {
      return all;
    }
    return pairs.get(
        own,
        () -> {
          new ReferenceStage(start.withRope(settings.rope()), /* otherModel= */ true)
              .run(all.path(), own, Progress.NONE, cancellation);
          return new PairFolder(own);
        });
  }

  private PairFolder pairs(PairVariant variant, long seed, int round) {
    Path folder = layout.pairs(seed, round, variant);
    return pairs.get(
        folder,
        () -> {
          ModelChoice writer = start(Arms.LONGPO, seed, round);
          new GenerateStage(writer, settings.generate(round(round), variant, seed))
              .run(folder, documents(seed, round), Progress.NONE, cancellation);
          return new PairFolder(folder);
        });
  }

  private DocumentSource documents(long seed, int round) {
    Path folder = layout.documents(seed, round);
    settings.documents(seed, round).write(folder);
    return DocumentSource.of(List.of(folder));
  }

  private ArmRecord.Training training(Arm arm, Key key, TrainingFolder folder) {
    PairManifest manifest = pairs(arm.pairs(), key.seed(), key.round()).manifest();
    TrainingNotes course = new TrainingNotes(folder);
    return new ArmRecord.Training(
        manifest.counts().rows(),
        manifest.counts().pairs(),
        course.metrics(),
        course.warnings(),
        course.seconds());
  }
}
