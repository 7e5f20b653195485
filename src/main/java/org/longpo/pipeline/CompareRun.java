package org.longpo.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.error.UserError;
import org.longpo.files.AppendLog;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.model.ModelIdentity;
import org.longpo.objective.Input;
import org.longpo.objective.Reading;
import org.longpo.objective.Requirements;
import org.longpo.objective.Response;
import org.longpo.pairs.PairManifest;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.training.TrainedOn;
import org.longpo.training.TrainingFolder;
import org.longpo.training.TrainingMetric;
import org.longpo.training.TrainingSettings;
import tools.jackson.databind.JsonNode;

/**
 * Trains several objectives on one pair file, each from the same model in a folder of its own, and
 * reads every result by the same figures.
 *
 * <p>What the file lacks for one of them is computed first. Every part returns at once where it is
 * finished and continues where it was killed.
 */
public final class CompareRun {
  private final ModelChoice model;
  private final Map<String, TrainingSettings> objectives;
  private final RunLayout.Compare folder;
  private final Progress progress;
  private final Cancellation cancellation;

  /**
   * @param objectives settings by the objective's name, in the order of training; all with one RoPE
   *     theta
   */
  public CompareRun(
      ModelChoice model,
      Map<String, TrainingSettings> objectives,
      RunLayout.Compare folder,
      Progress progress,
      Cancellation cancellation) {
    this.model = model;
    this.objectives = objectives;
    this.folder = folder;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /** Figures with what they were read from. */
  private record SavedFigures(StageIdentity identity, PairFigures figures) {}

  /**
   * Refuses a model that cannot be trained; reads no weight.
   *
   * @throws UserError as {@link TrainStage#requireTrainable}
   */
  public void requireTrainable() {
    objectives.values().forEach(settings -> stage(settings).requireTrainable());
  }

  /**
   * Looks at every objective before anything is written: none may fail when others have been
   * trained.
   *
   * @throws UserError if one cannot be trained on these pairs
   */
  public void check(Path pairs) {
    objectives
        .values()
        .forEach(settings -> stage(settings).checkWithoutReferences(pairs, progress));
  }

  /** Runs to the end and leaves {@link RunLayout.Compare#comparison}. */
  public Comparison run(Path pairs) {
    Set<String> finished = finished();
    Path complete = finished.containsAll(objectives.keySet()) ? pairs : complete(pairs);
    PairManifest manifest = new PairFolder(complete).manifest();
    PairFigures before = figures(folder.before(), policy(), pairs);
    List<Comparison.Run> runs = new ArrayList<>();
    objectives.forEach(
        (name, settings) -> {
          progress.say(
              "%s on %,d pairs of %,d documents: %s."
                  .formatted(
                      name,
                      manifest.counts().pairs(),
                      manifest.counts().rows(),
                      trainsOn(needs(settings))));
          Path home = folder.training(name).path();
          Path trained =
              finished.contains(name)
                  ? stage(settings).result(home)
                  : stage(settings).run(complete, home, progress, cancellation);
          runs.add(measured(name, settings, trained, pairs));
        });
    Comparison comparison =
        new Comparison(manifest.counts().rows(), manifest.counts().pairs(), before, runs);
    AtomicFile.writeText(folder.comparison(), Json.pretty(comparison));
    return comparison;
  }

  /** Objectives with nothing left to train. Asked once: whole models are hashed for it. */
  private Set<String> finished() {
    Set<String> finished = new HashSet<>();
    objectives.forEach(
        (name, settings) -> {
          if (stage(settings).isFinished(folder.training(name).path())) {
            finished.add(name);
          }
        });
    return finished;
  }

  private TrainStage stage(TrainingSettings settings) {
    return new TrainStage(model, settings);
  }

  /**
   * The pairs with all that the objectives need: the same for every one of them, however many are
   * trained already.
   */
  private Path complete(Path pairs) {
    List<String> needing =
        objectives.entrySet().stream()
            .filter(entry -> needs(entry.getValue()).needsReference(Input.LONG))
            .map(Map.Entry::getKey)
            .toList();
    boolean isThere = new PairFolder(pairs).manifest().settings().referenceLong();
    if (needing.isEmpty() || isThere) {
      return pairs;
    }
    Path completed = folder.completedPairs();
    if (!Files.exists(new PairFolder(completed).manifestFile())) {
      progress.say(
          String.join(", ", needing)
              + " need the reference given the long input, which the pair file lacks: it is"
              + " computed first.");
    }
    new ReferenceStage(model, false).run(pairs, completed, progress, cancellation);
    return completed;
  }

  private Comparison.Run measured(
      String name, TrainingSettings settings, Path trained, Path pairs) {
    PairFigures after =
        figures(folder.after(name), model.withFolder(trained).withRope(RopeOverride.NONE), pairs);
    List<JsonNode> metrics = lines(folder.training(name).metrics());
    return metrics.isEmpty() ? earlier(name) : run(name, settings, metrics, after);
  }

  private Comparison.Run run(
      String name, TrainingSettings settings, List<JsonNode> metrics, PairFigures after) {
    TrainingFolder home = folder.training(name);
    int epochs = settings.steps().numTrainEpochs();
    return new Comparison.Run(
        name,
        trainsOn(needs(settings)),
        settings.byName(),
        TrainedOn.read(home).steps(),
        epochs == 1
            ? new Comparison.Losses(loss(metrics.getFirst()), loss(metrics.getLast()))
            : new Comparison.Losses(
                EpochLoss.mean(metrics, 0, 1), EpochLoss.mean(metrics, epochs - 1, epochs)),
        after,
        // Evaluations have lines among the timings, too.
        lines(home.timings()).stream()
            .mapToDouble(line -> line.path(TrainingMetric.SECONDS).asDouble(0))
            .sum());
  }

  /** What an earlier comparison says about a run whose logs were removed. */
  private Comparison.Run earlier(String name) {
    Path file = folder.comparison();
    Optional<Comparison.Run> known =
        Files.exists(file)
            ? Json.read(file, Comparison.class).runs().stream()
                .filter(run -> run.objective().equals(name))
                .findFirst()
            : Optional.empty();
    return known.orElseThrow(
        () ->
            new UserError(
                "The losses of %s were removed with %s, and no %s has them; remove the folder to train it again."
                    .formatted(name, folder.training(name).metrics(), file)));
  }

  /** Before the first step: the model as the policy reads long inputs. */
  private ModelChoice policy() {
    return model.withRope(objectives.values().iterator().next().rope());
  }

  private PairFigures figures(Path file, ModelChoice choice, Path pairs) {
    StageIdentity identity =
        ModelIdentity.of(choice)
            .forStage("figures")
            .withContent("pair file", Sha256.of(new PairFolder(pairs).pairFile()));
    if (Files.exists(file)) {
      SavedFigures saved = Json.read(file, SavedFigures.class);
      identity.requireSameAs(saved.identity(), file);
      return saved.figures();
    }
    PairFigures figures = PairFigures.of(choice, pairs, progress, cancellation);
    AtomicFile.writeText(file, Json.pretty(new SavedFigures(identity, figures)));
    return figures;
  }

  private static Requirements needs(TrainingSettings settings) {
    return settings.objective().requirements();
  }

  /**
   * What an objective reads, of a pair or written by the policy: "long: chosen, rejected;
   * reference: short".
   */
  static String trainsOn(Requirements needs) {
    List<String> parts = new ArrayList<>();
    for (Input input : Input.values()) {
      Set<Response> responses = EnumSet.noneOf(Response.class);
      for (Reading reading : needs.readings()) {
        if (reading.isPolicy() && reading.input() == input) {
          responses.add(reading.response());
        }
      }
      if (!responses.isEmpty()) {
        parts.add(
            word(input)
                + ": "
                + (needs.freshSamples().isPresent()
                    ? words(responses).replace(word(Response.REJECTED), "own samples")
                    : words(responses)));
      }
    }
    needs.wholeSequences().ifPresent(response -> parts.add("text: whole document"));
    Set<Input> references = EnumSet.noneOf(Input.class);
    for (Input input : Input.values()) {
      if (needs.needsReference(input)) {
        references.add(input);
      }
    }
    parts.add("reference: " + (references.isEmpty() ? "none" : words(references)));
    return String.join("; ", parts);
  }

  private static String words(Set<? extends Enum<?>> values) {
    return values.stream().map(CompareRun::word).collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static OptionalDouble loss(JsonNode line) {
    return OptionalDouble.of(line.get(TrainingMetric.LOSS).asDouble());
  }

  private static List<JsonNode> lines(Path file) {
    return AppendLog.readLines(file).stream()
        .map(line -> Json.parse(line, JsonNode.class, file.toString()))
        .toList();
  }
}
