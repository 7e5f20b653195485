package org.longpo.pipeline;

import java.nio.file.Path;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.documents.SpanReader;
import org.longpo.model.ModelChoice;
import org.longpo.model.Resources;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairManifest;
import org.longpo.progress.Progress;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;
import org.longpo.training.PairExamples;
import org.longpo.training.TrainingSettings;

/** A pair file laid out as the examples of one training; open, as they are read again and again. */
public final class OpenPairs implements AutoCloseable {
  private final Resources resources;
  private final PairExamples examples;

  private OpenPairs(Resources resources, PairExamples examples) {
    this.resources = resources;
    this.examples = examples;
  }

  /**
   * Reads every document once.
   *
   * @param needsReferences whether the file may not lack long references that the objective reads
   * @throws org.longpo.error.UserError if the pairs are damaged, of another tokenizer, or cannot be
   *     laid out
   */
  static OpenPairs open(
      Path pairs,
      ModelChoice model,
      TrainingSettings settings,
      boolean needsReferences,
      Progress progress) {
    PairManifest manifest = new PairFolder(pairs).manifest();
    Path pairFile = new PairFolder(pairs).pairFile();
    manifest.verify(pairFile);
    return Resources.open(
        resources -> {
          Tokenizer tokenizer = resources.add(Tokenizer.load(model.folder()));
          PairFile rows = resources.add(PairFile.open(pairFile));
          manifest.verifyTokenizer(tokenizer.sha256());
          int vocabularySize = ModelConfig.read(model.folder()).vocabularySize();
          tokenizer.requireRows(vocabularySize);
          rows.requireTokensOf(vocabularySize, model.folder());
          ChatTemplate template = ChatTemplate.load(model.folder(), tokenizer, model.chat());
          return new OpenPairs(
              resources,
              new PairExamples(
                  rows,
                  new SpanReader(),
                  new PromptEncoder(tokenizer, template),
                  settings,
                  needsReferences,
                  progress));
        });
  }

  PairExamples examples() {
    return examples;
  }

  @Override
  public void close() {
    resources.close();
  }
}
