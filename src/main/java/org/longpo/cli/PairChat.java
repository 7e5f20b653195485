package org.longpo.cli;

import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.settings.OptionValues;
import org.longpo.settings.ValueTypes;
import org.longpo.text.ChatSettings;

/** The chat template's settings of a command that reads pairs. */
final class PairChat {
  private PairChat() {}

  /**
   * The settings that the pairs were made with: prompts must be those that the answers were sampled
   * for.
   *
   * @param options what was given, over the defaults
   * @param own those of the pairs
   * @throws UserError if others were given
   */
  static ChatSettings settings(OptionValues given, ChatSettings options, ChatSettings own) {
    if (given.isGiven("chat_template_kwargs")
        && !options.templateVariables().equals(own.templateVariables())) {
      throw other(given, "chat_template_kwargs", ValueTypes.json(own.templateVariables()));
    }
    if (own.date().isPresent()
        && options.date().isPresent()
        && !options.date().equals(own.date())) {
      throw other(given, "chat_date", ValueTypes.show(own.date().get()));
    }
    return new ChatSettings(
        own.templateVariables(), own.date().or(options::date), Optional.empty());
  }

  private static UserError other(OptionValues given, String name, String made) {
    return new UserError(
        given.where(name)
            + " differs from that of the pairs, whose answers were sampled with "
            + made
            + ": leave it out, or generate the pairs again with it.");
  }
}
