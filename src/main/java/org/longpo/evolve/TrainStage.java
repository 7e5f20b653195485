package org.longpo.evolve;

import java.nio.file.Path;
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
import org.longpo.training.MemoryEstimate;
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
      PairExamples examples =
          new PairExamples(
              rows,
              new SpanReader(),
              new ChatPrompts(new PromptEncoder(tokenizer, template), UserMessage::of),
              settings,
              progress);
      TrainingRun run = trainingRun(folder);
      run.run(examples, progress, cancellation);
      TrainedOn.of(examples, settings).write(folder);
      return run.result();
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
    MemoryEstimate.of(
            ModelConfig.read(model.folder()),
            run.dtype(),
            settings.optimizer().optim(),
            settings.tuning(),
            run.execution().engine(),
            generate.lengthTokens() + answers)
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
