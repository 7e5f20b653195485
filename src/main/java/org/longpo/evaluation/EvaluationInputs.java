package org.longpo.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;

/**
 * What a model is evaluated on. A task whose input is absent is left out.
 *
 * @param haystack texts that haystacks are cut from, in this order
 * @param heldOut texts, or spans of texts, that no model under test was trained on
 * @param questions questions about passages
 */
public record EvaluationInputs(
    List<SourceText> haystack, List<SourceText> heldOut, Optional<QuestionFile> questions) {
  public EvaluationInputs {
    haystack = List.copyOf(haystack);
    heldOut = List.copyOf(heldOut);
  }

  /** Adds the contents, each by name; where the files lie does not matter. */
  StageIdentity addTo(StageIdentity identity) {
    StageIdentity texts =
        identity
            .withContent("haystack texts", hash(String.join(",", hashes(haystack))))
            .withContent("held-out texts", hash(String.join(",", hashes(heldOut))));
    return questions.map(file -> texts.withContent("questions", file.sha256())).orElse(texts);
  }

  /** Of the contents; where the files lie does not matter. */
  public String sha256() {
    String parts =
        String.join(
            "\n",
            Stream.of(
                    hashes(haystack),
                    hashes(heldOut),
                    questions.map(QuestionFile::sha256).stream().toList())
                .map(hashes -> String.join(",", hashes))
                .toList());
    return hash(parts);
  }

  private static List<String> hashes(List<SourceText> texts) {
    return texts.stream().map(source -> hash(source.text())).toList();
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
