package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.documents.DocumentSource;
import org.longpo.engine.LanguageModel;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.GenerateStage;
import org.longpo.pairs.InstructionFile;
import org.longpo.pairs.PairManifest;
import org.longpo.pairs.PairModels;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** Generate: opens the round's model and makes the pair file. */
public record PairStage(ModelChoice model, GenerateSettings settings) {
  /** Makes {@code pairs.jsonl} and {@code manifest.json} in {@code folder}. */
  public PairManifest run(
      Path folder, DocumentSource documents, Progress progress, Cancellation cancellation) {
    Optional<InstructionFile> instructions =
        settings.instructionFile().map(Path::of).map(InstructionFile::read);
    try (OpenModel open = OpenModel.open(model)) {
      LanguageModel reader =
          open.model().withRope(rejectedRope(settings).applyTo(open.model().config()).rope());
      PairModels models =
          new PairModels(
              open.model(),
              reader,
              open.tokenizer(),
              open.prompts(),
              open.settings(),
              open.checkpoint().sha256(),
              open.identity());
      return new GenerateStage(models, settings)
          .run(folder, documents, instructions, progress, cancellation);
    }
  }

  /** The position embedding with which rejected answers are sampled: the policy's. */
  public static RopeOverride rejectedRope(GenerateSettings settings) {
    return new RopeOverride(settings.rejectedRopeTheta(), settings.rejectedRopeScaling());
  }
}
