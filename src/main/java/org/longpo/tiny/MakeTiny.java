package org.longpo.tiny;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.CheckpointWriter;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ExportSettings;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.SafetensorsWriter;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.LeasedTensor;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.text.ChatSettings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;
import org.longpo.training.Optimizer;
import org.longpo.training.StateStore;
import org.longpo.training.TensorBytes;

/**
 * The whole recipe of the tiny model, from nothing to a checkpoint. Everything follows from the
 * settings; killed at any time it continues from its last checkpoint and ends with the same bytes.
 *
 * <p>First the model learns to copy random tokens; then it reads passages and answers. The learning
 * rate falls to zero over the last quarter, in which all passages may fill the window.
 */
public final class MakeTiny {
  private static final int SAVE_STEPS = 100;
  private static final int WARMUP_STEPS = 50;
  private static final double COOL_DOWN = 0.25;

  /** Of all steps, however badly the model copies by then. */
  private static final double LONGEST_COPYING = 0.5;

  private final MakeTinySettings settings;
  private final Path folder;
  private final Progress progress;
  private final Cancellation cancellation;

  /**
   * @param folder takes the untrained model, checkpoints and, in {@code model}, the trained one
   */
  public MakeTiny(
      MakeTinySettings settings, Path folder, Progress progress, Cancellation cancellation) {
    this.settings = settings;
    this.folder = folder;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * Runs to the end and returns the folder of the trained model.
   *
   * @throws org.longpo.progress.CancelledException after saving, if the work is to stop
   */
  public Path run() {
    Path trained = folder.resolve("model");
    if (Files.isDirectory(trained)) {
      return trained;
    }
    Path untrained = folder.resolve("untrained");
    if (!Files.isDirectory(untrained)) {
      progress.say("Writing the tokenizer and random weights.");
      AtomicFile.writeFolder(untrained, this::writeUntrained);
    }
    try (Checkpoint checkpoint = Checkpoint.open(untrained);
        Tokenizer tokenizer = Tokenizer.load(untrained);
        Scope ignored = Scope.open()) {
      ModelConfig config = checkpoint.config();
      LanguageModel model = ModelLoader.trainable(checkpoint, config, DType.FLOAT32, Device.CPU);
      EngineSettings engine =
          EngineSettings.defaults(
              KernelProbe.ofUser().choose(DType.FLOAT32, Device.CPU, config.headDim()));
      PromptEncoder prompts =
          new PromptEncoder(tokenizer, ChatTemplate.load(untrained, tokenizer, ChatSettings.NONE));
      progress.say(
          "A model of %,d parameters with %,d tokens learns to read and to answer."
              .formatted(model.parameterCount(), tokenizer.vocabularySize()));
      train(
          model,
          new Pretraining(model, engine),
          settings.world().lessons(settings.seed(), tokenizer, prompts));
      CheckpointWriter.write(
          untrained, ExportSettings.unchanged(), tensors(model, DType.BFLOAT16), trained);
    }
    return trained;
  }

  private void train(LanguageModel model, Pretraining pretraining, LessonSource lessons) {
    StateStore<LearningState> store =
        new StateStore<>(
            folder.resolve("checkpoints"),
            Sha256.of(Json.line(settings).getBytes(StandardCharsets.UTF_8)),
            LearningState.class,
            step -> step % SAVE_STEPS == 0);
    Map<String, LeasedTensor> weights = model.parts().values();
    Optimizer optimizer = pretraining.optimizer();
    LearningState state = store.newest().orElse(LearningState.START);
    if (state.step() > 0) {
      store.restore(state, weights, optimizer.state());
      optimizer.restoreUpdates(state.step());
    }
    try (Progress.Task task = progress.start("Learning", "steps", state.step(), settings.steps())) {
      while (state.step() < settings.steps()) {
        if (cancellation.requested()) {
          store.save(state, weights, optimizer.state());
          cancellation.throwIfRequested();
        }
        state = step(state, pretraining, lessons, task);
        if (state.step() % SAVE_STEPS == 0 || state.step() == settings.steps()) {
          store.save(state, weights, optimizer.state());
        }
      }
    }
  }

  private LearningState step(
      LearningState state, Pretraining pretraining, LessonSource lessons, Progress.Task task) {
    int step = state.step();
    Curriculum before = state.curriculum();
    boolean copies = before.isCopying() && step < LONGEST_COPYING * settings.steps();
    int length = remaining(step) < COOL_DOWN ? TinyShape.WINDOW : before.length();
    Lesson lesson = copies ? lessons.copies(step) : lessons.passages(step, length);
    Pretraining.Outcome outcome = pretraining.step(lesson, learningRate(step));
    Curriculum after =
        copies
            ? before.afterCopies(outcome.nll())
            : before.afterPassages(outcome.right(), outcome.questions());
    task.advance(1, outcome.tokens(), figures(outcome, after, length, copies));
    return new LearningState(step + 1, after);
  }

  private static String figures(
      Pretraining.Outcome outcome, Curriculum curriculum, int length, boolean copies) {
    String nll = String.format(Locale.ROOT, "NLL %.3f", outcome.nll());
    return copies
        ? nll
        : String.format(
            Locale.ROOT,
            "%s, %.0f %% of answers right at %d tokens",
            nll,
            100 * curriculum.accuracy(),
            length);
  }

  private double remaining(int step) {
    return (double) (settings.steps() - step) / settings.steps();
  }

  private double learningRate(int step) {
    double warmUp = Math.min(1, (step + 1.0) / WARMUP_STEPS);
    double coolDown = Math.min(1, remaining(step) / COOL_DOWN);
    return settings.learningRate() * warmUp * coolDown;
  }

  private void writeUntrained(Path into) throws IOException {
    int vocabulary = settings.world().writeTokenizer(into, settings.seed());
    Files.writeString(
        into.resolve("config.json"), settings.world().recipe().shape().config(vocabulary));
    List<ExpectedTensor> expected = ExpectedTensors.of(ModelConfig.read(into));
    InitialWeights weights = InitialWeights.draw(expected, new Random(settings.seed()));
    if (settings.world().recipe().startsWithInduction()) {
      InductionWeights.write(
          settings.world().recipe().shape(), weights, new Random(settings.seed()));
    }
    List<OutputTensor> tensors = new ArrayList<>();
    for (ExpectedTensor one : expected) {
      tensors.add(tensor(one, weights.of(one.name())));
    }
    SafetensorsWriter.write(into.resolve("model.safetensors"), tensors);
  }

  private static OutputTensor tensor(ExpectedTensor expected, float[] values) {
    return new OutputTensor(
        expected.name(),
        ElementType.F32,
        expected.dimensions(),
        sink -> {
          try (Arena arena = Arena.ofConfined()) {
            sink.accept(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values));
          }
        });
  }

  private static List<OutputTensor> tensors(LanguageModel model, DType dtype) {
    return model.parts().values().entrySet().stream()
        .map(weight -> TensorBytes.output(weight.getKey(), weight.getValue(), dtype))
        .toList();
  }
}
