package org.longpo.evolve;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.longpo.evaluation.EngineModel;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Evaluator;
import org.longpo.files.Sha256;
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
      return new Evaluator(tested, fingerprint(open), settings, inputs)
          .run(folder, progress, cancellation);
    }
  }

  /** Of all that decides an answer: weights, RoPE, element type, tokenizer and template. */
  private static String fingerprint(OpenModel open) {
    String parts =
        String.join(
            "\n",
            open.checkpoint().sha256(),
            open.model().config().rope().toString(),
            open.model().dtype().toString(),
            open.tokenizer().sha256(),
            open.template().render(List.of(Message.user("?")), true));
    return Sha256.of(parts.getBytes(StandardCharsets.UTF_8));
  }
}
