package org.longpo.evolve;

import java.nio.file.Path;
import java.util.List;
import org.longpo.evaluation.EngineModel;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Evaluator;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.text.Message;

/** Evaluate: a model's figures, in {@code evaluation.json}. */
public record EvaluateStage(ModelChoice model, EvaluationSettings settings) {
  public Evaluation run(
      Path folder, EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    try (OpenModel open = OpenModel.open(model)) {
      EngineModel tested =
          new EngineModel(
              open.model(),
              open.settings(),
              open.tokenizer(),
              text -> open.prompts().prompt(List.of(Message.user(text))));
      return new Evaluator(tested, open.identity(), settings, inputs)
          .run(folder, progress, cancellation);
    }
  }
}
