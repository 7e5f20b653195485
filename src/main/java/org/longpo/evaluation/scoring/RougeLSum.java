package org.longpo.evaluation.scoring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * ROUGE-L of a summary (Lin 2004, section 3.2), as the package rouge_score computes "rougeLsum"
 * without a stemmer (google-research, {@code rouge/rouge_scorer.py}).
 *
 * <p>A line is a sentence. Tokens are runs of a-z and 0-9 of the text in lower case. Of every
 * sentence of the reference, the tokens count that are in its longest common subsequence with any
 * sentence of the answer; a token counts at most as often as answer and reference have it.
 */
public final class RougeLSum {
  /** Shares of the answer's and the reference's tokens that count, and their harmonic mean. */
  public record Score(double precision, double recall, double f1) {
    private static final Score ZERO = new Score(0, 0, 0);
  }

  private static final Pattern NO_TOKEN = Pattern.compile("[^a-z0-9]+");

  private RougeLSum() {}

  /** The best F1 over some references. */
  public static double f1(String answer, List<String> references) {
    return references.stream()
        .mapToDouble(reference -> of(answer, reference).f1())
        .max()
        .orElseThrow();
  }

  /** All zero where a text has no token. */
  public static Score of(String answer, String reference) {
    List<List<String>> answered = sentences(answer);
    List<List<String>> referred = sentences(reference);
    int answerTokens = answered.stream().mapToInt(List::size).sum();
    int referenceTokens = referred.stream().mapToInt(List::size).sum();
    if (answerTokens == 0 || referenceTokens == 0) {
      return Score.ZERO;
    }
    Map<String, Integer> inAnswer = counts(answered);
    Map<String, Integer> inReference = counts(referred);
    int hits = 0;
    for (List<String> sentence : referred) {
      BitSet common = new BitSet();
      answered.forEach(other -> addCommon(sentence, other, common));
      for (int i = common.nextSetBit(0); i >= 0; i = common.nextSetBit(i + 1)) {
        if (take(inAnswer, inReference, sentence.get(i))) {
          hits++;
        }
      }
    }
    double precision = (double) hits / answerTokens;
    double recall = (double) hits / referenceTokens;
    return new Score(precision, recall, OverlapF1.f1(precision, recall));
  }

  private static List<List<String>> sentences(String text) {
    return Arrays.stream(text.split("\n", -1)).map(RougeLSum::tokens).toList();
  }

  private static List<String> tokens(String sentence) {
    String words = NO_TOKEN.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
  }

  private static Map<String, Integer> counts(List<List<String>> sentences) {
    Map<String, Integer> counts = new HashMap<>();
    sentences.forEach(tokens -> tokens.forEach(token -> counts.merge(token, 1, Integer::sum)));
    return counts;
  }

  /** Whether both still have the token; it is then taken from both. */
  private static boolean take(
      Map<String, Integer> inAnswer, Map<String, Integer> inReference, String token) {
    int answerHas = inAnswer.getOrDefault(token, 0);
    int referenceHas = inReference.getOrDefault(token, 0);
    if (answerHas == 0 || referenceHas == 0) {
      return false;
    }
    inAnswer.put(token, answerHas - 1);
    inReference.put(token, referenceHas - 1);
    return true;
  }

  /**
   * Adds the places in {@code reference} of one longest common subsequence. Which one, where there
   * are several, decides the union: it is the one that rouge_score reads out of its table.
   */
  private static void addCommon(List<String> reference, List<String> answer, BitSet places) {
    int[][] lengths = commonLengths(reference, answer);
    int i = reference.size();
    int j = answer.size();
    while (i > 0 && j > 0) {
      if (reference.get(i - 1).equals(answer.get(j - 1))) {
        places.set(--i);
        j--;
      } else if (lengths[i][j - 1] > lengths[i - 1][j]) {
        j--;
      } else {
        i--;
      }
    }
  }

  /** At [i][j], of the first i and j tokens. */
  private static int[][] commonLengths(List<String> reference, List<String> answer) {
    int[][] lengths = new int[reference.size() + 1][answer.size() + 1];
    for (int i = 1; i <= reference.size(); i++) {
      String token = reference.get(i - 1);
      for (int j = 1; j <= answer.size(); j++) {
        lengths[i][j] =
            token.equals(answer.get(j - 1))
                ? lengths[i - 1][j - 1] + 1
                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
      }
    }
    return lengths;
  }
}
