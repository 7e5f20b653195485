package org.longpo.evolve;

import java.nio.file.Path;
import java.util.List;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.evaluation.EngineModel;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Evaluator;
import org.longpo.evaluation.ReasoningCounts;
import org.longpo.evaluation.UnaskedModel;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.Device;
import org.longpo.text.ChatTemplate;
import org.longpo.text.Message;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/** Evaluate: a model's figures, in {@code evaluation.json}. */
public record EvaluateStage(ModelChoice model, EvaluationSettings settings) {
  /**
   * Makes sure, before anything is written and without the weights, that {@link #run} will not find
   * in its middle that texts, lengths, questions or memory do not suffice.
   *
   * @return the tokens that may be written after a prompt: an answer and the reasoning before it
   * @throws org.longpo.error.UserError if they do not
   */
  public int check(EvaluationInputs inputs, Progress progress, Cancellation cancellation) {
    Device device = Device.parse(model.device());
    try (Checkpoint checkpoint = Checkpoint.open(model.folder());
        Tokenizer tokenizer = Tokenizer.load(model.folder())) {
      PromptEncoder prompts =
          new PromptEncoder(tokenizer, ChatTemplate.load(model.folder(), tokenizer, model.chat()));
      int writtenTokens = prompts.reasoning().budget(1, settings.maxNewTokens()).maxNewTokens();
      EvaluationMemory.of(
              checkpoint.config(),
              model.resolveDtype(checkpoint, device, KernelProbe.ofUser()),
              settings,
              writtenTokens)
          .requireFits(device);
      UnaskedModel unasked =
          new UnaskedModel(tokenizer, text -> prompts.prompt(List.of(Message.user(text))));
      Evaluator.check(unasked, settings, inputs, progress, cancellation);
      return writtenTokens;
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
