package org.longpo.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.RandomModel;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Opsdl;
import org.longpo.objective.Sigmoid;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;

/** A run of a random model over random documents; as a program, to be killed. */
public final class TinyRun {
  private TinyRun() {}

  /** Trains in the folder that is the first argument; on its own samples if there is a second. */
  public static void main(String[] arguments) {
    TrainingSettings settings = arguments.length > 1 ? onPolicy(20) : settings(20, 2);
    train(Path.of(arguments[0]), documents(), settings, DType.BFLOAT16, Cancellation.NEVER);
  }

  /** Five documents of one to three pairs. */
  public static List<TrainingExample> documents() {
    List<TrainingExample> documents = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      documents.add(RandomExamples.tree("document-" + i, 100 + i, 1 + i % 3));
    }
    return documents;
  }

  /** A checkpoint after every step, a line of metrics after every second if steps have several. */
  public static TrainingSettings settings(int epochs, int documentsPerStep) {
    return OptionRecords.of(
        TrainingSettings.class,
        Map.of(
            "objective",
            new LongPo(0.1, 1, Sigmoid.PER_PAIR, NllSpan.WHOLE_SEQUENCE, Input.SHORT),
            "learning_rate",
            1e-2,
            "num_train_epochs",
            epochs,
            "gradient_accumulation_steps",
            documentsPerStep,
            "save_steps",
            1,
            "logging_steps",
            documentsPerStep,
            "max_skipped_steps",
            3,
            "seed",
            9));
  }

  /** The same on samples of three steps each, while checkpoints are of every step. */
  public static TrainingSettings onPolicy(int epochs) {
    return OptionRecords.with(settings(epochs, 2), "objective", new Opsdl(3, 6, 1, 1));
  }

  public static void train(
      Path folder,
      List<TrainingExample> documents,
      TrainingSettings settings,
      DType dtype,
      Cancellation cancellation) {
    try (Scope ignored = Scope.open()) {
      train(model(settings, dtype), folder, documents, settings, cancellation);
    }
  }

  /** Trains a model that lives in the scope open now. */
  static void train(
      LanguageModel model,
      Path folder,
      List<TrainingExample> documents,
      TrainingSettings settings,
      Cancellation cancellation) {
    train(model, folder, documents, settings, Progress.NONE, cancellation);
  }

  /** As the other, and tells how it goes and ends. */
  static TrainingEnd train(
      LanguageModel model,
      Path folder,
      List<TrainingExample> documents,
      TrainingSettings settings,
      Progress progress,
      Cancellation cancellation) {
    TrainingData data = RandomExamples.data(documents);
    return Trainer.train(
        models(model, settings),
        data,
        settings,
        EngineSettings.defaults(KernelChoice.blocked()),
        new TrainingJob(
            new TrainingFolder(folder),
            StageIdentity.of("train")
                .withContent("data", data.sha256())
                .withSetting("train", settings.byName())),
        progress,
        cancellation);
  }

  /** With the model as it is before training, where the objective asks it. */
  private static TrainingModels models(LanguageModel policy, TrainingSettings settings) {
    if (settings.objective().requirements().freshSamples().isEmpty()) {
      return TrainingModels.of(policy);
    }
    return new TrainingModels(
        policy,
        Optional.of(
            settings.tuning().lora().isPresent()
                ? policy.withoutAdapters()
                : model(settings, policy.dtype())));
  }

  public static LanguageModel model(TrainingSettings settings, DType dtype) {
    ModelConfig config = RandomModel.config(4, 2, true, false, true, 0);
    return RandomModel.of(config, RandomModel.weights(config, dtype, 7), settings.tuning());
  }

  /** A hash of every file that must not depend on interruptions: all but what holds times. */
  public static Map<String, String> bytes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.equals("timings.jsonl") && !name.equals(TensorBoardLog.FILE)) {
          hashes.put(name, Sha256.of(file));
        }
      }
    }
    return hashes;
  }
}
