package org.longpo.cli;

import java.nio.file.Path;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.checkpoint.RopeReach;
import org.longpo.files.ModelFolder;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.PairManifest;
import org.longpo.settings.OptionValues;
import org.longpo.settings.SuppliedValues;
import org.longpo.tensor.Device;
import org.longpo.text.ChatTemplate;
import org.longpo.text.Tokenizer;

/** Checks a model before anything is written, so that wrong input creates no files. */
final class ModelCheck {
  private ModelCheck() {}

  /**
   * Opens weights, tokenizer and chat template once.
   *
   * @param run the run's folder
   * @return the choice, with the settings of the chat template fixed for the whole run
   * @throws org.longpo.error.UserError that names what is missing or wrong
   */
  static ModelChoice check(ModelChoice choice, Path run, Console console) {
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
      ChatTemplate template = ChatTemplate.load(choice.folder(), tokenizer, choice.chat());
      if (template.isFallback()) {
        console.warn(
            choice.folder()
                + " has no chat template; a plain one is used: every message, then an empty line.");
      }
      return ChatDate.ofRun(choice, template.usesClock(), run, console);
    }
  }

  /**
   * Warns of a length that the model's positions are not made for.
   *
   * @param change the change of position embedding that the options ask for
   */
  static void warnOfLength(ModelChoice choice, RopeOverride change, long tokens, Console console) {
    RopeReach.warning(choice.folder().toString(), ModelConfig.read(choice.folder()), change, tokens)
        .ifPresent(console::warn);
  }

  /** Without an end token every answer runs to its limit. */
  static void warnWithoutEnd(Tokenizer tokenizer, Path folder, Console console) {
    if (tokenizer.endTokens().length == 0) {
      console.warn(
          folder
              + " names no token that ends an answer, so all answers run to their limit: give its"
              + " config.json an eos_token_id, or its tokenizer_config.json an eos_token.");
    }
  }

  /**
   * As {@link #check} for a command that reads pairs: the chat template is given what it was given
   * for them.
   *
   * @throws org.longpo.error.UserError also if other settings of the chat template were given
   */
  static ModelChoice checkForPairs(
      OptionValues given, PairManifest pairs, Path run, Console console) {
    ModelChoice choice = choice(given);
    return check(
        choice.withChat(PairChat.settings(given, choice.chat(), pairs.writer().chat())),
        run,
        console);
  }

  /** The model that was given, with its own position embedding. */
  static ModelChoice choice(OptionValues given) {
    return choice(given, RopeOverride.NONE);
  }

  /** The model that was given, with the position embedding that was given. */
  static ModelChoice choiceWithRope(OptionValues given) {
    return choice(given, given.read(RopeOverride.class));
  }

  private static ModelChoice choice(OptionValues given, RopeOverride rope) {
    return given.read(ModelChoice.class, SuppliedValues.of("rope", rope));
  }
}
