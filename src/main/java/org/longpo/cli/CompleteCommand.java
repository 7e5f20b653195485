package org.longpo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.engine.Generated;
import org.longpo.engine.Generator;
import org.longpo.engine.Sampling;
import org.longpo.error.UserError;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import org.longpo.text.ReasoningBudget;
import org.longpo.text.ReasoningFormat;
import org.longpo.text.TextStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longpo complete}: a model's text on standard output, as it is written. */
@Command(
    name = "complete",
    header = "Continues a prompt, or answers one with --chat.",
    description =
        "Standard output gets the text alone, as the model writes it. The prompt is continued as it"
            + " stands; with --chat it is a user's message in the model's chat template, and a"
            + " block of reasoning before the answer is left out.")
final class CompleteCommand implements Configured {
  private final Console console;

  private final SettingFlags flags =
      new SettingFlags(ModelKeys.SECTION, ChatKeys.SECTION, RunKeys.ROPE);

  @Option(
      names = "--prompt",
      required = true,
      paramLabel = "TEXT",
      description = "What the model continues.")
  private String prompt = "";

  @Option(names = "--chat", description = "Put the prompt into the chat template.")
  private boolean chat;

  @Option(
      names = "--show-reasoning",
      description = "With --chat: write the model's reasoning to standard error.")
  private boolean showReasoning;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "256",
      description = "Tokens at most, reasoning not counted. Default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "0: always the most likely token. Default: ${DEFAULT-VALUE}.")
  private double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Nucleus sampling. Default: ${DEFAULT-VALUE}, off.")
  private double topP;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "Only the K most likely tokens. Default: ${DEFAULT-VALUE}, off.")
  private int topK;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      defaultValue = "0",
      description =
          "Only tokens with this share of the most likely one's probability. Default:"
              + " ${DEFAULT-VALUE}, off.")
  private double minP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      defaultValue = "1",
      description = "Makes tokens seen before less likely. Default: ${DEFAULT-VALUE}, off.")
  private double repetitionPenalty;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Of the random draws. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End before this text; may be given several times.")
  private @Nullable List<String> stop;

  CompleteCommand(Console console) {
    this.console = console;
  }

  @Override
  public SettingFlags flags() {
    return flags;
  }

  @Override
  public void run() {
    Settings given = flags.read();
    if (flags.wantsListing()) {
      flags.print(new SettingsListing(given), console);
      return;
    }
    if (maxTokens < 1) {
      throw new UserError("--max-tokens is " + maxTokens + ", expected at least 1.");
    }
    if (showReasoning && !chat) {
      throw new UserError(
          "--show-reasoning needs --chat: a prompt that is continued as it stands has no reasoning"
              + " before an answer.");
    }
    List<String> stops = Optional.ofNullable(stop).orElse(List.of());
    if (stops.contains("")) {
      throw new UserError("--stop is empty; give the text to end before.");
    }
    Sampling sampling = new Sampling(temperature, topP, topK, minP, repetitionPenalty);
    ModelChoice choice = ChatDate.ofToday(ModelKeys.choice(given).withRope(RunKeys.rope(given)));
    try (OpenModel open = OpenModel.open(choice)) {
      ModelCheck.warnWithoutEnd(open.tokenizer(), given.get(ModelKeys.MODEL), console);
      if (chat) {
        answer(open, choice, sampling, stops);
        return;
      }
      int[] tokens = promptTokens(open);
      // Unlike an answer, which is a text of its own, it begins where the prompt ends.
      TextStream text = open.tokenizer().streamAfter(tokens);
      StopText output = new StopText(stops, console.out()::print);
      int[] ends = open.tokenizer().endTokens();
      Generated generated =
          new Generator(open.model(), open.settings())
              .generate(
                  List.of(tokens),
                  sampling,
                  new long[] {seed},
                  maxTokens,
                  ends,
                  (prompt, token) -> {
                    console.cancellation().throwIfRequested();
                    boolean isEnd = java.util.Arrays.stream(ends).anyMatch(end -> end == token);
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
  private void answer(OpenModel open, ModelChoice choice, Sampling sampling, List<String> stops) {
    int[] asked = open.prompts().prompt(prompt);
    ReasoningFormat format = open.prompts().reasoning();
    ReasoningBudget budget = format.budget(1, maxTokens);
    AnswerStream stream =
        new AnswerStream(
            open.tokenizer(),
            format.reader(),
            new StopText(stops, console.out()::print),
            text -> {
              if (showReasoning) {
                console.err().print(text);
              }
            });
    int[] ends = open.tokenizer().endTokens();
    Generated generated =
        new Generator(open.model(), open.settings())
            .generate(
                List.of(asked),
                sampling,
                new long[] {seed},
                budget.maxNewTokens(),
                ends,
                (_, token) -> {
                  console.cancellation().throwIfRequested();
                  boolean goesOn = budget.drawn(0, token);
                  boolean isEnd = java.util.Arrays.stream(ends).anyMatch(end -> end == token);
                  return isEnd || (stream.write(token) && goesOn);
                })
            .getFirst();
    boolean answered = stream.finish();
    console.out().println();
    console.out().flush();
    ModelCheck.warnOfLength(
        choice, choice.rope(), asked.length + generated.tokens().length, console);
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

  private int[] promptTokens(OpenModel open) {
    List<Integer> tokens = new ArrayList<>();
    open.tokenizer().beginToken().ifPresent(tokens::add);
    for (int token : open.tokenizer().encodeText(prompt)) {
      tokens.add(token);
    }
    if (tokens.isEmpty()) {
      throw new UserError("--prompt is empty, and this model puts no token before a text.");
    }
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}
