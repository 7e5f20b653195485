package org.longpo.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.longpo.files.Sha256;

/**
 * What a model is evaluated on. A task whose input is absent is left out.
 *
 * @param haystack texts that haystacks are cut from, in this order
 * @param heldOut texts, or spans of texts, that no model under test was trained on
 * @param questions questions about passages
 * @param data files of published benchmarks
 */
public record EvaluationInputs(
    List<SourceText> haystack,
    List<SourceText> heldOut,
    Optional<QuestionFile> questions,
    BenchmarkData data) {
  public EvaluationInputs {
    haystack = List.copyOf(haystack);
    heldOut = List.copyOf(heldOut);
  }

  /** Without files of benchmarks. */
  public EvaluationInputs(
      List<SourceText> haystack, List<SourceText> heldOut, Optional<QuestionFile> questions) {
    this(haystack, heldOut, questions, BenchmarkData.NONE);
  }

  /** The same with files of benchmarks. */
  public EvaluationInputs with(BenchmarkData benchmarks) {
    return new EvaluationInputs(haystack, heldOut, questions, benchmarks);
  }

  /** Of the texts' contents; where the files lie does not matter. */
  public String haystackSha256() {
    return sha256(haystack);
  }

  /** The same of the held-out texts. */
  public String heldOutSha256() {
    return sha256(heldOut);
  }

  private static String sha256(List<SourceText> texts) {
    return hash(String.join(",", texts.stream().map(source -> hash(source.text())).toList()));
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
