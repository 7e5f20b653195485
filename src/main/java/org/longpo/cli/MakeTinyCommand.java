package org.longpo.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.longpo.settings.Option;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Range;
import org.longpo.settings.Schema;
import org.longpo.settings.Section;
import org.longpo.settings.Variants;
import org.longpo.tiny.MakeTiny;
import org.longpo.tiny.MakeTinySettings;
import org.longpo.tiny.TinyWorld;
import org.longpo.tiny.WorldDocuments;
import picocli.CommandLine.Command;

/** {@code longpo make-tiny}: trains a tiny model from random weights. */
@Command(
    name = "make-tiny",
    header = "Makes a tiny model from random weights, with its text and tokenizer.",
    description =
        "A Mistral of some million parameters that knows contexts of 256 tokens, trained on text"
            + " that the program writes itself: something to try every command on. RUN/model is the"
            + " checkpoint. Stopped or killed, it resumes when the same command is given again.")
final class MakeTinyCommand extends OptionCommand {
  /** The run's folder and the length of training. */
  @Section("Run")
  record Run(
      @RunOptions.Out Path out,
      @Option(
              defaultValue = "codes",
              meaning =
                  "What the model knows. codes: numbers of invented names, the world of the embedded"
                      + " model; village: people, towns and numbers, with many kinds of questions and"
                      + " skills that need no text.")
          TinyWorld world,
      @Option(
              defaultText = "those of the world's recipe",
              meaning = "Training steps; a few make a model without any skill.")
          @Range(from = 1)
          Optional<Integer> steps,
      @Option(
              defaultValue = "0",
              meaning = "Documents of the world to write into RUN/documents, for pairs.")
          @Range(from = 0)
          int documents,
      @Option(defaultValue = "2048", meaning = "Tokens of each of them, about.") @Range(from = 64)
          int documentTokens,
      @Option(
              defaultValue = "7",
              label = "S",
              meaning = "The seed from which all random choices follow.")
          long seed) {}

  MakeTinyCommand(Console console) {
    super(console, Schema.of(Variants.NONE, Run.class).inFileWith("make_tiny_", Run.class));
  }

  @Override
  void run(OptionValues given) {
    Run run = given.read(Run.class);
    MakeTinySettings settings =
        MakeTinySettings.ofSteps(
            run.world(), run.steps().orElseGet(run.world()::steps), run.seed());
    RunRecord record =
        RunRecord.of("make-tiny").with(run).with("learning_rate", settings.learningRate());
    try (RunFolder folder = RunFolder.open(run.out(), record, console)) {
      Path model =
          new MakeTiny(settings, folder.path(), console.progress(), console.cancellation()).run();
      console.out().println("checkpoint: " + model);
      if (run.documents() > 0) {
        Path documents = folder.path().resolve("documents");
        new WorldDocuments(run.world(), run.documents(), run.documentTokens(), run.seed())
            .write(documents);
        console.out().println("documents: " + documents);
      }
    }
  }
}
