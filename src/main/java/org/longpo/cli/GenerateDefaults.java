package org.longpo.cli;

import java.util.List;
import java.util.Optional;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.GeneratorLimits;
import org.longpo.pairs.InstructionSettings;
import org.longpo.settings.OptionListing;
import org.longpo.settings.OptionValues;
import org.longpo.settings.SuppliedValues;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/** The settings of making pairs, whose defaults follow from a length and the model's window. */
final class GenerateDefaults {
  private GenerateDefaults() {}

  /** The tokens that the model's window and template leave. */
  static GeneratorLimits limits(OptionValues given, ModelChoice choice) {
    int window = ContextWindow.of(choice.folder()).tokens();
    InstructionSettings instructions =
        given.read(
            InstructionSettings.class, SuppliedValues.of(GeneratorLimits.WINDOW_TOKENS, window));
    try (Tokenizer tokenizer = Tokenizer.load(choice.folder())) {
      ChatTemplate template = ChatTemplate.load(choice.folder(), tokenizer, choice.chat());
      return GeneratorLimits.of(window, new PromptEncoder(tokenizer, template), instructions);
    }
  }

  /** The settings of a round. */
  static GenerateSettings settings(OptionValues given, int lengthTokens, GeneratorLimits limits) {
    return given.read(GenerateSettings.class, supplied(lengthTokens, Optional.of(limits)));
  }

  /** Adds the defaults of some lengths to a print-out; with the model's, if one was given. */
  static void addTo(OptionListing listing, OptionValues given, List<Integer> lengths) {
    Optional<GeneratorLimits> limits =
        given.isGiven("model") && !lengths.isEmpty()
            ? Optional.of(limits(given, ChatDate.ofToday(ModelCheck.choice(given))))
            : Optional.empty();
    listing.of(
        GenerateSettings.class,
        lengths.isEmpty()
            ? List.of(SuppliedValues.NONE)
            : lengths.stream().map(length -> supplied(length, limits)).toList());
  }

  private static SuppliedValues supplied(int lengthTokens, Optional<GeneratorLimits> limits) {
    SuppliedValues length = SuppliedValues.of(GeneratorLimits.LENGTH_TOKENS, lengthTokens);
    return limits
        .map(
            own ->
                length
                    .with(GeneratorLimits.WINDOW_TOKENS, own.windowTokens())
                    .with(GeneratorLimits.LIMITS, own))
        .orElse(length);
  }
}
