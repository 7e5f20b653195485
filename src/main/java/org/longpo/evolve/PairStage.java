package org.longpo.evolve;

import java.nio.file.Path;
import java.util.Optional;
import org.longpo.documents.DocumentSource;
import org.longpo.engine.LanguageModel;
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
          settings
              .rejectedRopeTheta()
              .map(theta -> open.model().withRope(open.model().config().rope().withTheta(theta)))
              .orElse(open.model());
      PairModels models =
          new PairModels(
              open.model(),
              reader,
              open.tokenizer(),
              open.prompts(),
              open.settings(),
              open.checkpoint().sha256());
      return new GenerateStage(models, settings)
          .run(folder, documents, instructions, progress, cancellation);
    }
  }
}
