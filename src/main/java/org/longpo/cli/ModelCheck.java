package org.longpo.cli;

import java.nio.file.Path;
import java.util.Collection;
import org.longpo.checkpoint.AdapterWriter;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.evolve.ModelChoice;
import org.longpo.files.ModelFolder;
import org.longpo.tensor.Device;
import org.longpo.text.ChatTemplate;
import org.longpo.text.Tokenizer;
import org.longpo.training.TrainingSettings;

/** Looks at a model before anything is written, so that wrong input leaves nothing behind. */
final class ModelCheck {
  private ModelCheck() {}

  /**
   * Opens weights, tokenizer and chat template once.
   *
   * @throws org.longpo.error.UserError that names what is missing or wrong
   */
  static void check(ModelChoice choice, Console console) {
    Device.parse(choice.device());
    try (Checkpoint checkpoint = Checkpoint.open(choice.folder());
        Tokenizer tokenizer = Tokenizer.load(choice.folder())) {
      tokenizer.requireRows(checkpoint.config().vocabularySize());
      ModelFolder.of(choice.folder())
          .base()
          .ifPresent(
              base ->
                  console
                      .progress()
                      .say(
                          choice.folder()
                              + " is an adapter: it is read together with its base, "
                              + base.path()
                              + "."));
      warnWithoutEnd(tokenizer, choice.folder(), console);
      if (ChatTemplate.load(choice.folder(), tokenizer).isFallback()) {
        console.warn(
            choice.folder()
                + " has no chat template; a plain one is used: every message, then an empty line.");
      }
    }
  }

  /**
   * As {@link #check}, for a model that is to be trained.
   *
   * @throws org.longpo.error.UserError also if an adapter is to be trained on one
   */
  static void check(ModelChoice choice, Collection<TrainingSettings> trainings, Console console) {
    check(choice, console);
    if (trainings.stream().anyMatch(training -> training.tuning().lora().isPresent())) {
      AdapterWriter.requireWhole(ModelFolder.of(choice.folder()));
    }
  }

  /** Without an end token every answer goes on until its limit. */
  static void warnWithoutEnd(Tokenizer tokenizer, Path folder, Console console) {
    if (tokenizer.endTokens().length == 0) {
      console.warn(
          folder
              + " names no token that ends an answer, so all of them go on to their limit: give its"
              + " config.json an eos_token_id, or its tokenizer_config.json an eos_token.");
    }
  }
}
