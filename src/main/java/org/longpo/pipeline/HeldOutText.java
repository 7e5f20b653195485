package org.longpo.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.documents.DocumentSource;
import org.longpo.documents.DocumentText;
import org.longpo.documents.FoundDocument;
import org.longpo.documents.HoldOut;
import org.longpo.documents.SpanReader;
import org.longpo.documents.TextRange;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.QuestionFile;
import org.longpo.evaluation.SourceText;

/** The text that is held out for evaluation: haystacks and bits per byte are made from it. */
public final class HeldOutText {
  private HeldOutText() {}

  /** The share of the documents that {@code generate} with the same share and seed leaves out. */
  public static EvaluationInputs of(
      DocumentSource documents, double share, long seed, Optional<QuestionFile> questions) {
    HoldOut holdOut = HoldOut.of(documents.documents(), share, seed);
    SpanReader reader = new SpanReader();
    List<SourceText> texts = new ArrayList<>();
    for (FoundDocument found : documents.documents()) {
      if (!holdOut.isEvaluatedOn(found)) {
        continue;
      }
      DocumentText document = reader.document(found.identity());
      TextRange range = holdOut.evaluation(document);
      if (!range.isEmpty()) {
        texts.add(new SourceText(document.identity().place(), range.of(document.text())));
      }
    }
    return new EvaluationInputs(texts, texts, questions);
  }

  /** Documents that are used whole, for a model that was not trained on them. */
  public static EvaluationInputs all(DocumentSource documents, Optional<QuestionFile> questions) {
    SpanReader reader = new SpanReader();
    List<SourceText> texts =
        documents.documents().stream()
            .map(
                found ->
                    new SourceText(
                        found.identity().place(), reader.document(found.identity()).text()))
            .toList();
    return new EvaluationInputs(texts, texts, questions);
  }
}
