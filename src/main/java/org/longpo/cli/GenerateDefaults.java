package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.longpo.checkpoint.ContextWindow;
import org.longpo.files.FileNames;
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

  /** The file of instructions, which is no document; empty where the model writes them. */
  static Optional<Path> instructionFile(OptionValues given) {
    return given.find("instructions").map(String.class::cast).map(FileNames::path);
  }

  /** The settings of a round. */
  static GenerateSettings settings(OptionValues given, int lengthTokens, GeneratorLimits limits) {
    return given.read(
        GenerateSettings.class, supplied(limits).with(GeneratorLimits.LENGTH_TOKENS, lengthTokens));
  }

  /** Adds the defaults of some lengths to a print-out; without a model, those that need none. */
  static void addTo(OptionListing listing, OptionValues given, List<Integer> lengths) {
    SuppliedValues model =
        given.isGiven("model")
            ? supplied(limits(given, ChatDate.ofToday(ModelCheck.choice(given))))
            : SuppliedValues.NONE;
    listing.of(
        GenerateSettings.class,
        lengths.isEmpty()
            ? List.of(model)
            : lengths.stream()
                .map(length -> model.with(GeneratorLimits.LENGTH_TOKENS, length))
                .toList());
  }

  private static SuppliedValues supplied(GeneratorLimits limits) {
    return SuppliedValues.of(GeneratorLimits.WINDOW_TOKENS, limits.windowTokens())
        .with(GeneratorLimits.LIMITS, limits);
  }
}
