package org.longpo.cli;

import java.nio.file.Path;
import org.longpo.tiny.MakeTiny;
import org.longpo.tiny.MakeTinySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longpo make-tiny}: a tiny model, from nothing. */
@Command(
    name = "make-tiny",
    header = "Makes a tiny model from nothing: text, tokenizer, weights.",
    description =
        "A Mistral of under a million parameters that knows contexts of 256 tokens, trained on text"
            + " that the program writes itself: something to try every command on."
            + " RUN/model is the checkpoint. Stopped or killed, it goes on when the same command is"
            + " given again.")
final class MakeTinyCommand implements Runnable {
  private final Console console;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN",
      description = "The run's folder: new, empty, or one of the same run, which goes on.")
  private Path out = Path.of("");

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "4000",
      description =
          "Steps of learning; a few make a model that knows nothing. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "7",
      description = "All randomness comes from it. Default: ${DEFAULT-VALUE}.")
  private long seed;

  MakeTinyCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    MakeTinySettings settings = MakeTinySettings.ofSteps(steps, seed);
    try (RunFolder folder =
        RunFolder.open(out, RunRecord.of("make-tiny", settings, seed), console)) {
      Path model =
          new MakeTiny(settings, folder.path(), console.progress(), console.cancellation()).run();
      console.out().println("checkpoint: " + model);
    }
  }
}
