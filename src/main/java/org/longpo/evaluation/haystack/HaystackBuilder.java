package org.longpo.evaluation.haystack;

import java.util.List;
import java.util.Random;
import org.longpo.error.UserError;
import org.longpo.evaluation.QuestionPrompts;
import org.longpo.text.Prompt;

/**
 * Fills a context with a run of sentences, hides texts between them, and stops exactly where one
 * sentence more would make a prompt longer than it may be.
 */
public final class HaystackBuilder {
  private final HaystackText text;
  private final QuestionPrompts questions;
  private final List<Planted> planted;
  private final int length;

  /**
   * @param length tokens that no prompt may exceed
   */
  public HaystackBuilder(
      HaystackText text, QuestionPrompts questions, List<Planted> planted, int length) {
    this.text = text;
    this.questions = questions;
    this.planted = planted;
    this.length = length;
  }

  /**
   * A haystack from a random place of the text.
   *
   * @throws UserError if the text has too few tokens for the length, or the length is too small for
   *     a sentence beside the hidden texts and the question
   */
  public Haystack build(Random random) {
    int fixed = promptTokens(0, 0);
    if (fixed > length) {
      throw new UserError(
          ("A context of %,d tokens is too short: the prompt with its question and hidden texts"
                  + " alone takes %,d; give a greater length or fewer questions about one"
                  + " haystack.")
              .formatted(length, fixed));
    }
    long room = length - (long) fixed;
    int start = random.nextInt(lastStart(room) + 1);
    int sentences = fill(start, room);
    while (start + sentences == text.sentences()) {
      // The end of the text came first, so nothing shows that the context is full.
      if (start == 0) {
        throw tooLittleText(fixed);
      }
      int missing = length - promptTokens(start, sentences);
      start = Math.max(0, startBefore(start, missing) - 1);
      sentences = fill(start, room);
    }
    if (sentences == 0) {
      throw new UserError(
          ("A context of %,d tokens has room for %,d tokens of haystack, but its first sentence"
                  + " there has about %,d: \"%s\".")
              .formatted(
                  length,
                  room,
                  text.tokens(start, start + 1),
                  text.text(start, start + 1).strip().lines().findFirst().orElse("")));
    }
    return withinLength(start, sentences);
  }

  /** The last sentence from which the text has {@code room} tokens to its end; 0 if none has. */
  private int lastStart(long room) {
    return startBefore(text.sentences(), room);
  }

  /** The last sentence that begins at least {@code tokens} tokens before a border; 0 if none. */
  private int startBefore(int border, long tokens) {
    int start = text.reach(0, Math.max(0, text.tokens(0, border) - tokens));
    return Math.min(start, border);
  }

  /**
   * The number of sentences from {@code start} that fit, while one more does not; all that are left
   * if all of them fit. Guesses by the sentences' own tokens and narrows a bracket down.
   */
  private int fill(int start, long room) {
    int fits = 0;
    int tooMany = text.sentences() - start + 1;
    int guess = text.reach(start, room) - start;
    while (tooMany - fits > 1) {
      int tried = Math.clamp(guess, fits + 1, tooMany - 1);
      long missing = length - (long) promptTokens(start, tried);
      if (missing >= 0) {
        fits = tried;
      } else {
        tooMany = tried;
      }
      long wanted = Math.max(0, text.tokens(start, start + tried) + missing);
      guess = text.reach(start, wanted) - start;
    }
    return fits;
  }

  /** The search looked at the longest question only; here all of them must fit. */
  private Haystack withinLength(int start, int sentences) {
    for (int fewer = sentences; fewer > 0; fewer--) {
      Placement placement = new Placement(text, start, fewer, planted);
      String context = placement.context();
      List<Prompt> prompts = questions.prompts(context);
      if (prompts.stream().allMatch(prompt -> prompt.length() <= length)) {
        return new Haystack(context, prompts, placement.depthPercents());
      }
    }
    throw new UserError("A context of %,d tokens is too short for a sentence.".formatted(length));
  }

  private int promptTokens(int start, int sentences) {
    return questions.longestPromptTokens(new Placement(text, start, sentences, planted).context());
  }

  private UserError tooLittleText(int fixed) {
    return new UserError(
        ("The haystack texts have about %,d tokens, but a context of %,d tokens needs %,d of them"
                + " beside the question; give more text or a smaller length.")
            .formatted(text.tokens(0, text.sentences()), length, length - fixed));
  }
}
