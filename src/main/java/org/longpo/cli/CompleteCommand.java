package org.longpo.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.engine.Generated;
import org.longpo.engine.GenerationRequest;
import org.longpo.engine.Generator;
import org.longpo.engine.Sampling;
import org.longpo.error.UserError;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.ValueTypes;
import org.longpo.settings.Variants;
import org.longpo.text.ReasoningBudget;
import org.longpo.text.ReasoningFormat;
import org.longpo.text.TextStream;
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
            .inFileWith("complete_", Completion.class, Draws.class));
  }

  @Override
  void run(OptionValues given) {
    Completion completion = given.read(Completion.class);
    Draws draws = given.read(Draws.class);
    ModelChoice choice = ChatDate.ofToday(ModelCheck.choiceWithRope(given));
    try (OpenModel open = OpenModel.open(choice)) {
      ModelCheck.warnWithoutEnd(open.tokenizer(), choice.folder(), console);
      if (completion.chat()) {
        answer(open, choice, completion, draws);
        return;
      }
      int[] tokens = promptTokens(open, completion.prompt());
      // Unlike an answer, which is a text of its own, it begins where the prompt ends.
      TextStream text = open.tokenizer().streamAfter(tokens);
      StopSequences output = new StopSequences(completion.stop(), console.out()::print);
      int[] ends = open.tokenizer().endTokens();
      Generated generated =
          new Generator(open.model(), open.settings())
              .generate(
                  List.of(new GenerationRequest(tokens, draws.seed())),
                  draws.sampling(),
                  completion.maxTokens(),
                  ends,
                  (prompt, token) -> {
                    console.cancellation().throwIfRequested();
                    boolean isEnd = Arrays.stream(ends).anyMatch(end -> end == token);
                    return isEnd || output.write(text.next(token));
                  })
              .getFirst();
      output.write(text.end());
      output.finish();
      console.out().println();
      console.out().flush();
      ModelCheck.warnOfLength(
          choice, choice.rope(), tokens.length + generated.tokens().length, console);
    }
  }

  /** The model's answer to the prompt as a user's message. */
  private void answer(OpenModel open, ModelChoice choice, Completion completion, Draws draws) {
    int[] prompt = open.prompts().prompt(completion.prompt());
    ReasoningFormat format = open.prompts().reasoning();
    ReasoningBudget budget = format.budget(1, completion.maxTokens());
    AnswerStream stream =
        new AnswerStream(
            open.tokenizer(),
            format.reader(),
            new StopSequences(completion.stop(), console.out()::print),
            text -> {
              if (completion.showReasoning()) {
                console.err().print(text);
              }
            });
    int[] ends = open.tokenizer().endTokens();
    Generated generated =
        new Generator(open.model(), open.settings())
            .generate(
                List.of(new GenerationRequest(prompt, draws.seed())),
                draws.sampling(),
                budget.maxNewTokens(),
                ends,
                (_, token) -> {
                  console.cancellation().throwIfRequested();
                  boolean goesOn = budget.drawn(0, token);
                  boolean isEnd = Arrays.stream(ends).anyMatch(end -> end == token);
                  return isEnd || (stream.write(token) && goesOn);
                })
            .getFirst();
    boolean answered = stream.finish();
    console.out().println();
    console.out().flush();
    ModelCheck.warnOfLength(
        choice, choice.rope(), prompt.length + generated.tokens().length, console);
    if (!answered) {
      throw new UserError(withoutAnswer(generated));
    }
  }

  private static String withoutAnswer(Generated generated) {
    int tokens = generated.tokens().length;
    return generated.ended()
        ? "The model ended its text inside its reasoning, after %d tokens, so there is no answer: give another --prompt, draw another answer (--temperature, --seed), or switch reasoning off (--chat-template-kwargs) where the chat template can."
            .formatted(tokens)
        : "The model's reasoning had not ended after %d tokens, so there is no answer: raise --reasoning-tokens, or switch reasoning off (--chat-template-kwargs) where the chat template can."
            .formatted(tokens);
  }

  private static int[] promptTokens(OpenModel open, String prompt) {
    List<Integer> tokens = new ArrayList<>();
    open.tokenizer().beginToken().ifPresent(tokens::add);
    for (int token : open.tokenizer().encodeText(prompt)) {
      tokens.add(token);
    }
    if (tokens.isEmpty()) {
      throw new UserError(
          "--prompt is empty, and with this model no token precedes a text: give a prompt.");
    }
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}
