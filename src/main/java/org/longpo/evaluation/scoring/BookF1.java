package org.longpo.evaluation.scoring;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.longpo.text.WhiteSpace;

/**
 * F1 of answers about books as InfiniteBench computes it (Zhang et al. 2024, {@code qa_f1_score}
 * and {@code qa_f1_score_zh} of its {@code src/compute_scores.py}): the best over the reference
 * answers, and 0 where nothing is in common, also of two texts that are empty.
 */
public final class BookF1 {
  /** What Chinese answers are compared without, besides ASCII punctuation. */
  private static final Set<Integer> PUNCTUATION =
      ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
              + "！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃"
              + "》「」『』【】〔〕〖〗〘〙〚〛〜〝〞〟〰〾〿–—‘’‛“”„‟…‧﹏")
          .codePoints()
          .boxed()
          .collect(Collectors.toUnmodifiableSet());

  private BookF1() {}

  /** By words, normalised as in SQuAD. */
  public static double ofWords(String answer, List<String> references) {
    return best(answer, references, SquadScore::tokens);
  }

  /** By characters, in lower case and without punctuation and white space. */
  public static double ofCharacters(String answer, List<String> references) {
    return best(answer, references, BookF1::characters);
  }

  private static double best(
      String answer, List<String> references, Function<String, List<String>> tokens) {
    List<String> own = tokens.apply(answer);
    return references.stream()
        .mapToDouble(reference -> OverlapF1.of(own, tokens.apply(reference)))
        .max()
        .orElseThrow();
  }

  private static List<String> characters(String text) {
    return text.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(character -> !PUNCTUATION.contains(character) && !WhiteSpace.isSpace(character))
        .mapToObj(Character::toString)
        .toList();
  }
}
