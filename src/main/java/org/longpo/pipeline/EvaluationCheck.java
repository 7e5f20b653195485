package org.longpo.pipeline;

import java.util.List;
import java.util.Set;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.InputCheck;
import org.longpo.evaluation.PlannedTask;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskSelection;
import org.longpo.model.ModelChoice;
import org.longpo.model.Resources;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
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
  private final ModelChoice model;
  private final Checkpoint checkpoint;
  private final PromptEncoder prompts;
  private final InputCheck inputs;

  private EvaluationCheck(
      Resources resources,
      ModelChoice model,
      Checkpoint checkpoint,
      PromptEncoder prompts,
      InputCheck inputs) {
    this.resources = resources;
    this.model = model;
    this.checkpoint = checkpoint;
    this.prompts = prompts;
    this.inputs = inputs;
  }

  /** Opens what of the model is needed; reads no text yet. */
  public static EvaluationCheck open(
      ModelChoice model,
      TaskSelection tasks,
      EvaluationInputs inputs,
      Progress progress,
      Cancellation cancellation) {
    return Resources.open(
        resources -> {
          Checkpoint checkpoint = resources.add(Checkpoint.open(model.folder()));
          Tokenizer tokenizer = resources.add(Tokenizer.load(model.folder()));
          PromptEncoder prompts =
              new PromptEncoder(
                  tokenizer, ChatTemplate.load(model.folder(), tokenizer, model.chat()));
          return new EvaluationCheck(
              resources,
              model,
              checkpoint,
              prompts,
              new InputCheck(prompts, tasks, inputs, progress, cancellation));
        });
  }

  /**
   * Tokens that may be written after a prompt: an answer and the reasoning before it.
   *
   * @param answerTokens of the answer at most
   */
  public int writtenTokens(int answerTokens) {
    return prompts.reasoning().budget(1, answerTokens).maxNewTokens();
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
    Device device = Device.parse(model.device());
    EvaluationMemory.of(
            checkpoint,
            model.resolveDtype(checkpoint, device, KernelProbe.ofUser()),
            device,
            hasLengths ? settings.haystacks() : settings.haystacks().withoutLengths(),
            writtenTokens(settings.answerTokens()))
        .requireFits(device);
  }

  @Override
  public void close() {
    resources.close();
  }
}
