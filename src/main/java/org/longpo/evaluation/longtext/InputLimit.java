package org.longpo.evaluation.longtext;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.longpo.error.UserError;
import org.longpo.evaluation.ModelWindow;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;
import org.longpo.settings.Section;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;

/**
 * How long the inputs of benchmarks with long texts may be.
 *
 * <p>The originals cut the middle out of a prompt's ids before a chat template is applied: they
 * keep as many ids from its beginning as from its end (InfiniteBench: {@code truncate_input} of
 * {@code src/eval_yarn_mistral.py}; LongBench v2: {@code query_llm} of {@code pred.py}), decode
 * them, and encode the text again. So does this class, with three differences: its limit is of all
 * ids that the model reads, a template's and those that appear next to a cut included, so that it
 * is never passed; the text of a group is cut once, such that the longest of its prompts fits, so
 * that it is read once; and what stands before and after the text is never cut.
 *
 * @param maxContext tokens of a prompt and its answer at most
 * @param truncation what becomes of longer ones
 */
@Section("Evaluation")
public record InputLimit(
    @Option(
            name = "max_context",
            defaultText = "what the model had before training",
            derivedBy = ModelWindow.class,
            meaning =
                "InfiniteBench, LongBench v2, LongBench-Chat: tokens of a prompt with its answer at most; the"
                    + " same for a model and those trained from it, so that their figures may be"
                    + " compared.")
        @Range(from = 2)
        int maxContext,
    @Option(
            name = "truncate",
            defaultValue = "none",
            meaning =
                "InfiniteBench, LongBench v2, LongBench-Chat: what becomes of longer inputs. none: the"
                    + " evaluation does not start; middle: the middle of the text is cut out as"
                    + " these benchmarks do it, and the results say of how many.")
        Truncation truncation) {
  public InputLimit {
    OptionChecks.require(InputLimit.class, maxContext, truncation);
  }

  /**
   * Prompts with the same text.
   *
   * @param asked at least one, all with the same {@link LongPrompt#about}
   * @param answerTokens of an answer at most
   * @throws UserError naming file and line if a prompt is too long and may not be truncated, or is
   *     too long without its text
   */
  public FittedPrompts fit(
      List<? extends LongPrompt> asked, PromptForm form, Prompts prompts, int answerTokens) {
    return new Fitting(
            asked.getFirst().about(), List.copyOf(asked), form, prompts, maxContext - answerTokens)
        .fit(this);
  }

  /**
   * @param limit tokens of a prompt at most
   */
  private record Fitting(
      LongText about, List<LongPrompt> asked, PromptForm form, Prompts prompts, int limit) {
    FittedPrompts fit(InputLimit given) {
      String text = about.text();
      List<Prompt> whole = new ArrayList<>();
      for (LongPrompt question : asked) {
        Prompt prompt = prompt(text, question);
        if (prompt.length() > limit) {
          return switch (given.truncation()) {
            case NONE -> throw tooLong(prompt, question, given);
            case MIDDLE -> new FittedPrompts(truncated(text, given), /* isTruncated= */ true);
          };
        }
        whole.add(prompt);
      }
      return new FittedPrompts(whole, /* isTruncated= */ false);
    }

    private List<Prompt> truncated(String text, InputLimit given) {
      MiddleCut middle = new MiddleCut(text, prompts.encode(text));
      int withoutText = longest(prompts(""));
      int room = Math.min(limit - withoutText, middle.tokens());
      // Half of the limit is for the prompt's beginning, what stands before the text included.
      int before = prompts.countTokens(about.before());
      int first = Math.clamp(limit / 2 - before, 0, Math.max(0, room));
      int last = room - first;
      while (first + last > 0) {
        List<Prompt> cut = prompts(middle.keep(first, last));
        int excess = longest(cut) - limit;
        if (excess <= 0) {
          return cut;
        }
        // Next to a cut, text may take other tokens than it had.
        int fromLast = Math.min(last, (excess + 1) / 2);
        last -= fromLast;
        first = Math.max(0, first - (excess - fromLast));
      }
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: the prompt has %,d tokens without its text, and %,d of %,d are left for it"
                  + " beside the answer; give a greater --max-context.",
              asked.getFirst().where(),
              withoutText,
              Math.max(0, limit),
              given.maxContext()));
    }

    private List<Prompt> prompts(String text) {
      return asked.stream().map(question -> prompt(text, question)).toList();
    }

    private Prompt prompt(String text, LongPrompt question) {
      return form.of(prompts, about.before() + text + question.after());
    }

    private static int longest(List<Prompt> prompts) {
      return prompts.stream().mapToInt(Prompt::length).max().orElseThrow();
    }

    private UserError tooLong(Prompt prompt, LongPrompt question, InputLimit given) {
      return new UserError(
          String.format(
              Locale.ROOT,
              "%s: the input has %,d tokens, and %,d of %,d are left for it beside the answer; give"
                  + " --truncate middle to have the middle of long texts cut out, or a greater"
                  + " --max-context.",
              question.where(),
              prompt.length(),
              Math.max(0, limit),
              given.maxContext()));
    }
  }
}
