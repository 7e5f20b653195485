package org.longpo.pairs;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distinguishes an answer that declines to answer from one that is about declining.
 *
 * <p>A phrase counts only at the beginning of an answer, after words of courtesy and labels at
 * most, and only as whole words. Text in quotation marks is quoted from somebody else, so a
 * quotation mark at the beginning is not skipped.
 */
final class Refusals {
  private static final String NOT_IN_WORD = "(?![\\p{L}\\p{N}\\p{M}'])";

  /** What may stand before a refusal: white space, marks, courtesy, a label. */
  private static final Pattern LEAD_IN =
      Pattern.compile(
          "[\\s.,:;!*_#>–—-]+"
              + "|(?:well|hello|hi|unfortunately|however|but|sorry|thanks|thank you|i'm sorry"
              + "|i am sorry|i'm afraid|i am afraid|i apologize)"
              + NOT_IN_WORD
              + "|(?:answer|response|assistant)\\s*:");

  /** "as an ai" is no beginning of "as an aide" or "as an ai-powered camera". */
  private static final Pattern WORD_GOES_ON =
      Pattern.compile("[\\p{L}\\p{N}\\p{M}]|['-][\\p{L}\\p{N}]");

  private final List<String> phrases;

  Refusals(List<String> phrases) {
    this.phrases = phrases.stream().map(Refusals::normalised).toList();
  }

  boolean isRefusal(String answer) {
    String rest = normalised(answer);
    while (true) {
      String start = rest;
      if (phrases.stream().anyMatch(phrase -> begins(start, phrase))) {
        return true;
      }
      Matcher leadIn = LEAD_IN.matcher(rest);
      if (!leadIn.lookingAt()) {
        return false;
      }
      rest = rest.substring(leadIn.end());
    }
  }

  private static boolean begins(String text, String phrase) {
    if (!text.startsWith(phrase)) {
      return false;
    }
    boolean endsInWord = Character.isLetterOrDigit(phrase.codePointBefore(phrase.length()));
    return !endsInWord
        || !WORD_GOES_ON.matcher(text).region(phrase.length(), text.length()).lookingAt();
  }

  private static String normalised(String text) {
    return text.toLowerCase(Locale.ROOT).replace('’', '\'').replaceAll("\\s+", " ").strip();
  }
}
