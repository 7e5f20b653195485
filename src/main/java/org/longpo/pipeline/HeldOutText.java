package org.longpo.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.documents.DocumentFile;
import org.longpo.documents.DocumentSource;
import org.longpo.documents.DocumentText;
import org.longpo.documents.HoldOut;
import org.longpo.documents.SpanReader;
import org.longpo.documents.TextRange;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evaluation.SourceText;

/** The text that is kept apart for evaluation: haystacks and bits per byte are taken from it. */
public final class HeldOutText {
  private HeldOutText() {}

  /** The share of the documents that {@code generate} with the same share and seed leaves out. */
  public static EvaluationInputs of(
      DocumentSource documents, double share, long seed, Optional<QuestionFile> questions) {
    HoldOut holdOut = HoldOut.of(documents.files(), share, seed);
    SpanReader reader = new SpanReader();
    List<SourceText> texts = new ArrayList<>();
    for (DocumentFile file : documents.files()) {
      DocumentText document = reader.document(file);
      TextRange range = holdOut.evaluation(document);
      if (!range.isEmpty()) {
        texts.add(new SourceText(file.path().toString(), range.of(document.text())));
      }
    }
    return new EvaluationInputs(texts, texts, questions);
  }

  /** Documents that are used whole, for a model that was not trained on them. */
  public static EvaluationInputs all(DocumentSource documents, Optional<QuestionFile> questions) {
    SpanReader reader = new SpanReader();
    List<SourceText> texts =
        documents.files().stream()
            .map(file -> new SourceText(file.path().toString(), reader.document(file).text()))
            .toList();
    return new EvaluationInputs(texts, texts, questions);
  }
}
