package org.longpo.cli;

import java.nio.file.Path;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.evaluation.ScoreFile;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;
import picocli.CommandLine.Command;

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
      "Results, one line per request in order: {\"id\", \"continuations\": [{\"logprob\","
          + " \"token_logprobs\", \"tokens\", \"greedy\"}]}."
    })
final class ScoreCommand extends OptionCommand {
  /** Input and output of the command. */
  @Section("Files")
  record Files(
      @Option(label = "FILE", meaning = "What to score.") Path requests,
      @Option(
              label = "FILE",
              decidesResult = false,
              meaning = "The file for the answers; it appears when they are complete.")
          Path out) {}

  ScoreCommand(Console console) {
    super(
        console,
        Schema.of(Variants.NONE, Files.class, ModelChoice.class, RopeOverride.class)
            .without("reasoning_tokens")
            .without(EngineOptions.OF_GENERATION)
            .without(EngineOptions.OF_TRAINING)
            .inFileWith("score_", Files.class));
  }

  @Override
  void run(OptionValues given) {
    Files files = given.read(Files.class);
    OutputFile output = new OutputFile("--out", files.out());
    output.requireNot(files.requests(), "--requests", ScoreFile.GROWING_SUFFIXES);
    ModelChoice requested = ModelCheck.choiceWithRope(given);
    output.requireOutside(requested.folder(), "--model");
    requireNotConfig(output);
    ModelChoice choice = ChatDate.ofLog(requested, ScoreFile.begunWith(files.out()));
    try (OpenModel open = OpenModel.open(choice)) {
      int longest =
          new ScoreFile(
                  open.scorer(),
                  open.prompts(),
                  open.model().config().vocabularySize(),
                  open.identity())
              .run(files.requests(), files.out(), console.progress(), console.cancellation());
      ModelCheck.warnOfLength(choice, choice.rope(), longest, console);
    }
  }
}
