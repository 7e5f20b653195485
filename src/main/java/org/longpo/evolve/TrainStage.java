package org.longpo.evolve;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.documents.SpanReader;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.GenerateStage;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairManifest;
import org.longpo.pairs.UserMessage;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;
import org.longpo.training.ChatPrompts;
import org.longpo.training.ExecutionSettings;
import org.longpo.training.PairExamples;
import org.longpo.training.TrainedOn;
import org.longpo.training.TrainingRun;
import org.longpo.training.TrainingSettings;

/** Train: pairs and a checkpoint in, a checkpoint out. */
public record TrainStage(ModelChoice model, TrainingSettings settings) {
  /**
   * Trains on the pair file in {@code pairs} and leaves the trained checkpoint in {@code model} of
   * {@code folder}.
   *
   * @return the folder of the trained checkpoint
   */
  public Path run(Path pairs, Path folder, Progress progress, Cancellation cancellation) {
    TrainingRun run = trainingRun(folder);
    withExamples(
        pairs,
        /* needsReferences= */ true,
        progress,
        data -> {
          run.run(data, progress, cancellation);
          TrainedOn.of(data, settings).write(folder);
        });
    return run.result();
  }

  /** What {@link #run} returns. */
  Path result(Path folder) {
    return trainingRun(folder).result();
  }

  /** Whether {@link #run} has nothing left to do in a folder; for whom the pairs are gone. */
  public boolean isFinished(Path folder) {
    return TrainedOn.isThere(folder) && trainingRun(folder).isFinished();
  }

  /**
   * Makes sure, before anything is spent on it, that training can begin; long references may still
   * be lacking.
   *
   * @throws org.longpo.error.UserError if it cannot
   */
  public void check(Path pairs) {
    withExamples(
        pairs, /* needsReferences= */ false, Progress.NONE, trainingRun(model.folder())::check);
  }

  private void withExamples(
      Path pairs, boolean needsReferences, Progress progress, Consumer<PairExamples> consumer) {
    PairManifest manifest = PairManifest.read(pairs.resolve(GenerateStage.MANIFEST));
    Path pairFile = pairs.resolve(GenerateStage.PAIR_FILE);
    manifest.verify(pairFile);
    try (Tokenizer tokenizer = Tokenizer.load(model.folder());
        PairFile rows = PairFile.open(pairFile)) {
      manifest.verifyTokenizer(tokenizer.sha256());
      int vocabularySize = ModelConfig.read(model.folder()).vocabularySize();
      tokenizer.requireRows(vocabularySize);
      rows.requireTokensOf(vocabularySize, model.folder());
      ChatTemplate template = ChatTemplate.load(model.folder(), tokenizer, model.chat());
      consumer.accept(
          new PairExamples(
              rows,
              new SpanReader(),
              new ChatPrompts(new PromptEncoder(tokenizer, template), UserMessage::of),
              settings,
              needsReferences,
              progress));
    }
  }

  /**
   * Refuses, before anything is spent on it, a round whose training cannot fit into memory.
   *
   * @param generate how the pairs will be made: the length, and K pairs with two answers each
   */
  public void requireMemory(GenerateSettings generate) {
    TrainingRun run = trainingRun(model.folder());
    long answers = 2L * generate.pairsPerDocument() * generate.answers().maxNewTokens();
    run.memory(ModelConfig.read(model.folder()), generate.lengthTokens() + answers)
        .requireFits(run.device());
  }

  private TrainingRun trainingRun(Path folder) {
    Device device = Device.parse(model.device());
    KernelProbe probe = KernelProbe.ofUser();
    try (Checkpoint checkpoint = Checkpoint.open(model.folder())) {
      DType dtype = model.resolveDtype(checkpoint, device, probe);
      EngineSettings engine =
          EngineSettings.defaults(probe.choose(dtype, device, checkpoint.config().headDim()));
      return new TrainingRun(
          model.folder(), folder, settings, ExecutionSettings.of(engine), dtype, device);
    }
  }
}
