package org.longpo.cli;

import java.nio.file.Path;
import org.longpo.engine.Scorer;
import org.longpo.evaluation.ScoreFile;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsListing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longpo score}: log-probabilities of given continuations. */
@Command(
    name = "score",
    header = "Log-probabilities (nats) of given continuations.",
    description = {
      "Requests, JSON Lines: {\"id\", \"context\" | \"messages\" | \"context_tokens\","
          + " \"continuations\" | \"continuation_tokens\"}. All continuations of a request share"
          + " one pass over its context. For example",
      "  {\"id\": 1, \"context\": \"The capital of Portugal is\", \"continuations\": [\" Lisbon\","
          + " \" Porto\"]}",
      "  {\"id\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"Hi!\"}],"
          + " \"continuations\": [\"Hello.\"]}",
      "  {\"id\": 3, \"context_tokens\": [1, 403], \"continuation_tokens\": [[407, 261], [393]]}",
      "Answers, one line per request in order: {\"id\", \"continuations\": [{\"logprob\","
          + " \"token_logprobs\", \"tokens\", \"greedy\"}]}."
    })
final class ScoreCommand implements Configured {
  private final Console console;

  private final SettingFlags flags =
      new SettingFlags(ModelKeys.SECTION, ChatKeys.PROMPTS, RunKeys.ROPE);

  @Option(
      names = "--requests",
      required = true,
      paramLabel = "FILE",
      description = "What to score.")
  private Path requests = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Takes the answers; appears when all are there.")
  private Path out = Path.of("");

  ScoreCommand(Console console) {
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
    OutputFile output = new OutputFile("--out", out);
    output.requireNot(requests, "--requests", ScoreFile.GROWING_SUFFIXES);
    output.requireOutside(given.get(ModelKeys.MODEL), ModelKeys.MODEL.flag());
    flags.config().ifPresent(file -> output.requireNot(file, SettingFlags.CONFIG));
    ModelChoice choice =
        ChatDate.ofLog(
            ModelKeys.choice(given).withRope(RunKeys.rope(given)), ScoreFile.begunWith(out));
    try (OpenModel open = OpenModel.open(choice)) {
      int longest =
          new ScoreFile(
                  new Scorer(open.model(), open.settings()),
                  open.tokenizer(),
                  messages -> open.prompts().prompt(messages),
                  open.model().config().vocabularySize(),
                  open.identity())
              .run(requests, out, console.progress(), console.cancellation());
      ModelCheck.warnOfLength(choice, choice.rope(), longest, console);
    }
  }
}
