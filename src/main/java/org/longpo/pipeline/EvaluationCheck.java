package org.longpo.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.InputCheck;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskSelection;
import org.longpo.model.ModelChoice;
import org.longpo.model.Resources;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/**
 * Makes sure, before anything is written and without the weights, that {@link EvaluateStage#run}
 * will not find in its middle that texts, lengths, questions or memory do not suffice.
 */
public final class EvaluationCheck implements AutoCloseable {
  private final Resources resources;
  private final WithoutWeights tested;
  private final Optional<WithoutWeights> judge;
  private final InputCheck inputs;

  /** What of a model is needed. */
  private record WithoutWeights(ModelChoice choice, Checkpoint checkpoint, PromptEncoder prompts) {
    static WithoutWeights open(ModelChoice choice, Resources resources) {
      Checkpoint checkpoint = resources.add(Checkpoint.open(choice.folder()));
      Tokenizer tokenizer = resources.add(Tokenizer.load(choice.folder()));
      ChatTemplate template = ChatTemplate.load(choice.folder(), tokenizer, choice.chat());
      return new WithoutWeights(choice, checkpoint, new PromptEncoder(tokenizer, template));
    }

    DType dtype(Device device) {
      return choice.resolveDtype(checkpoint, device, KernelProbe.ofUser());
    }
  }

  private EvaluationCheck(
      Resources resources,
      WithoutWeights tested,
      Optional<WithoutWeights> judge,
      InputCheck inputs) {
    this.resources = resources;
    this.tested = tested;
    this.judge = judge;
    this.inputs = inputs;
  }

  /**
   * Opens what of the models is needed; reads no text yet.
   *
   * @param judge empty: the model itself
   */
  public static EvaluationCheck open(
      ModelChoice model,
      Optional<ModelChoice> judge,
      TaskSelection tasks,
      EvaluationInputs inputs,
      Progress progress,
      Cancellation cancellation) {
    return Resources.open(
        resources -> {
          WithoutWeights tested = WithoutWeights.open(model, resources);
          Optional<WithoutWeights> judging =
              judge
                  .filter(other -> !other.equals(model))
                  .map(other -> WithoutWeights.open(other, resources));
          TaskContext context = new TaskContext(tested.prompts(), judging.orElse(tested).prompts());
          return new EvaluationCheck(
              resources,
              tested,
              judging,
              new InputCheck(context, tasks, inputs, progress, cancellation));
        });
  }

  /**
   * Tokens that may be written after a prompt: an answer and the reasoning before it.
   *
   * @param answerTokens of the answer at most
   */
  public int writtenTokens(int answerTokens) {
    return tested.prompts().reasoning().budget(1, answerTokens).maxNewTokens();
  }

  /** Texts, lengths and questions; the same on every machine and at every time. */
  public InputCheck inputs() {
    return inputs;
  }

  /**
   * Checks what the device has left now, if there are tasks that were not checked before.
   *
   * @param checkedTasks their ids
   * @throws org.longpo.error.UserError if it does not suffice for the longest context, or there is
   *     nothing to run
   */
  void requireMemory(EvaluationSettings settings, Set<String> checkedTasks) {
    List<PlannedTask> planned = inputs.remaining(settings, checkedTasks);
    if (planned.isEmpty()) {
      return;
    }
    boolean hasLengths =
        planned.stream().anyMatch(task -> task.info().context() == TaskInfo.Context.LONG);
    Device device = Device.parse(tested.choice().device());
    EvaluationMemory memory =
        EvaluationMemory.of(
            tested.checkpoint(),
            tested.dtype(device),
            device,
            hasLengths ? settings.haystacks() : settings.haystacks().withoutLengths(),
            writtenTokens(settings.answerTokens()));
    boolean isJudged = planned.stream().anyMatch(task -> task.plan().isJudged());
    long judgeWeights =
        judge
            .filter(other -> isJudged)
            .map(other -> EvaluationMemory.weights(other.checkpoint(), other.dtype(device), device))
            .orElse(0L);
    memory.plusWeights(judgeWeights).requireFits(device);
  }

  @Override
  public void close() {
    resources.close();
  }
}
