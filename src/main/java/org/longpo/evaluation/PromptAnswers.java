package org.longpo.evaluation;

import java.util.List;
import org.longpo.inference.Model;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Written;
import org.longpo.text.Prompt;
import org.longpo.tree.TokenTree;

/** The model's answers to all prompts of an item, with the tokens that they cost. */
public record PromptAnswers(List<Prompt> prompts, List<Written> answers, long modelTokens) {
  /** Greedy decoding draws nothing. */
  private static final long ANY_SEED = 0;

  /** Asks all prompts in one pass. */
  public static PromptAnswers of(Model model, List<Prompt> prompts, int maxNewTokens) {
    List<Written> answers =
        model
            .writer()
            .write(
                prompts.stream().map(prompt -> new WriteRequest(prompt, ANY_SEED)).toList(),
                WriteSettings.greedy(maxNewTokens));
    long drawn = answers.stream().mapToLong(Written::drawnTokens).sum();
    long read = TokenTree.of(prompts.stream().map(Prompt::tokens).toList()).rows();
    return new PromptAnswers(prompts, answers, read + drawn);
  }

  public String text(int question) {
    return answers.get(question).text();
  }

  /** A question with its answer, for the log. */
  public AnsweredQuestion answered(int question, String text, List<String> expected) {
    Written answer = answers.get(question);
    return new AnsweredQuestion(
        prompts.get(question).length(), text, expected, answer.text(), answer.reasoning());
  }
}
