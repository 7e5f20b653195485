package org.longpo.tiny.village;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.PromptAnswers;
import org.longpo.evaluation.Step;
import org.longpo.evaluation.Task;
import org.longpo.text.Prompt;

/** What the tasks of the village have in common: they write their own questions from a seed. */
abstract sealed class VillageTask implements Task<VillageOptions> permits SkillTask, TextTask {
  static final String GROUP = "village";

  private static final String SCORE = "score";

  /** An item's prompt and what is asked in it. */
  record Asked(Prompt prompt, Question question) {}

  static List<Metric> metrics(String label) {
    return List.of(Metric.share(SCORE, label));
  }

  @Override
  public Class<VillageOptions> options() {
    return VillageOptions.class;
  }

  @Override
  public String data() {
    return "none: questions about a made-up village, which the program writes";
  }

  /** Only models that were made for it know this world. */
  @Override
  public boolean onlyWhenNamed() {
    return true;
  }

  static Supplier<Step> asking(Supplier<Asked> make, int answerTokens, int length, int index) {
    return () -> {
      Asked asked = make.get();
      return PromptAnswers.ask(
          List.of(asked.prompt()),
          answerTokens,
          answers ->
              new ItemResult(
                  length,
                  index,
                  index,
                  List.of(
                      answers.sample(
                          0,
                          Optional.empty(),
                          Map.of(SCORE, asked.question().score(answers.text(0))),
                          asked.question().text(),
                          asked.question().references()))));
    };
  }
}
