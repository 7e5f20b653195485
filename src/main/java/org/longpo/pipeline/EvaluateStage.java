package org.longpo.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.longpo.evaluation.EngineModel;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Evaluator;
import org.longpo.evaluation.ReasoningCounts;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.text.Message;

/** Evaluate: a model's figures, in {@code evaluation.json}. */
public record EvaluateStage(ModelChoice model, EvaluationSettings settings) {
  /**
   * Checks memory and inputs for a run that begins.
   *
   * @throws org.longpo.error.UserError if they do not suffice
   */
  public void check(EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    try (EvaluationCheck check = EvaluationCheck.open(model, inputs, progress, cancellation)) {
      check.requireMemory(settings);
      check.inputs().require(settings);
    }
  }

  public Evaluation run(
      Path folder, EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    try (OpenModel open = OpenModel.open(model)) {
      EngineModel tested =
          new EngineModel(
              open.model(),
              open.settings(),
              open.tokenizer(),
              text -> open.prompts().prompt(List.of(Message.user(text))),
              open.prompts().reasoning());
      Evaluation evaluation =
          new Evaluator(tested, open.identity(), settings, inputs)
              .run(folder, progress, cancellation);
      evaluation
          .reasoning()
          .flatMap(ReasoningCounts::warning)
          .ifPresent(sentence -> progress.say("warning: " + sentence));
      return evaluation;
    }
  }
}
