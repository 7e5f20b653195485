package org.longpo.cli;

import java.util.List;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.error.UserError;
import org.longpo.inference.Sampling;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Written;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.ValueTypes;
import org.longpo.settings.Variants;
import org.longpo.text.Prompt;
import org.longpo.text.Prompts;
import picocli.CommandLine.Command;

/** {@code longpo complete}: a model's text on standard output, as it is written. */
@Command(
    name = "complete",
    header = "Continues a prompt, or answers one with --chat.",
    description =
        "Standard output gets the text alone, as the model writes it. The prompt is continued"
            + " without a template; with --chat it is a user's message in the model's chat"
            + " template, and a block of reasoning before the answer is left out.")
final class CompleteCommand extends OptionCommand {
  /** What is completed, and its limits. */
  @Section("Completion")
  record Completion(
      @Option(
              type = ValueTypes.AnyText.class,
              label = "TEXT",
              meaning = "What the model continues.")
          String prompt,
      @Option(defaultValue = "false", meaning = "Put the prompt into the chat template.")
          boolean chat,
      @Option(
              defaultValue = "false",
              meaning = "With chat: write the model's reasoning to standard error.")
          boolean showReasoning,
      @Option(defaultValue = "256", meaning = "Tokens at most, reasoning not counted.")
          @Range(from = 1)
          int maxTokens,
      @Option(
              defaultText = "none",
              type = ValueTypes.AnyTexts.class,
              meaning = "End before this text, or the first of several.")
          List<String> stop) {
    Completion {
      if (showReasoning && !chat) {
        throw new UserError(
            "--show-reasoning needs --chat: a prompt that is continued without a template has no"
                + " reasoning before an answer.");
      }
    }
  }

  /** How tokens are drawn. */
  @Section("Sampling")
  record Draws(
      @Option(defaultValue = "0", label = "T", meaning = "0: always the most likely token.")
          @Range(from = 0)
          double temperature,
      @Option(defaultValue = "1", label = "P", meaning = "Nucleus sampling; 1 is off.")
          @Range(above = 0, to = 1)
          double topP,
      @Option(defaultValue = "0", label = "K", meaning = "Only the K most likely tokens; 0 is off.")
          @Range(from = 0)
          int topK,
      @Option(
              defaultValue = "0",
              label = "P",
              meaning =
                  "Only tokens with this share of the most likely one's probability; 0 is off.")
          @Range(from = 0, to = 1)
          double minP,
      @Option(
              defaultValue = "1",
              label = "X",
              meaning = "Makes tokens that occurred before less likely; 1 is off.")
          @Range(above = 0)
          double repetitionPenalty,
      @Option(defaultValue = "0", label = "S", meaning = "Seed of the random draws.") long seed) {
    Sampling sampling() {
      return new Sampling(temperature, topP, topK, minP, repetitionPenalty);
    }
  }

  CompleteCommand(Console console) {
    super(
        console,
        Schema.of(
                Variants.NONE, Completion.class, Draws.class, ModelChoice.class, RopeOverride.class)
            .without(EngineOptions.OF_TRAINING)
            .without(EngineOptions.OF_SIDE_BY_SIDE)
            .inFileWith("complete_", Completion.class, Draws.class));
  }

  @Override
  void run(OptionValues given) {
    Completion completion = given.read(Completion.class);
    Draws draws = given.read(Draws.class);
    ModelChoice choice = ChatDate.ofToday(ModelCheck.choiceWithRope(given));
    try (OpenModel open = OpenModel.open(choice)) {
      ModelCheck.warnWithoutEnd(open.tokenizer(), choice.folder(), console);
      Prompt prompt = prompt(open.prompts(), completion);
      CompletionOutput output =
          new CompletionOutput(completion.stop(), completion.showReasoning(), console);
      Written written =
          open.writer()
              .write(
                  List.of(new WriteRequest(prompt, draws.seed())),
                  new WriteSettings(draws.sampling(), completion.maxTokens()),
                  output)
              .getFirst();
      output.finish();
      ModelCheck.warnOfLength(
          choice, choice.rope(), prompt.length() + written.drawnTokens(), console);
      if (!output.hasAnswer()) {
        throw new UserError(withoutAnswer(written));
      }
    }
  }

  private static Prompt prompt(Prompts prompts, Completion completion) {
    if (completion.chat()) {
      return prompts.of(completion.prompt());
    }
    Prompt prompt = prompts.continued(completion.prompt());
    if (prompt.length() == 0) {
      throw new UserError(
          "--prompt is empty, and with this model no token precedes a text: give a prompt.");
    }
    return prompt;
  }

  private static String withoutAnswer(Written written) {
    int tokens = written.drawnTokens();
    return written.ended()
        ? "The model ended its text inside its reasoning, after %d tokens, so there is no answer: give another --prompt, draw another answer (--temperature, --seed), or switch reasoning off (--chat-template-kwargs) where the chat template can."
            .formatted(tokens)
        : "The model's reasoning had not ended after %d tokens, so there is no answer: raise --reasoning-tokens, or switch reasoning off (--chat-template-kwargs) where the chat template can."
            .formatted(tokens);
  }
}
