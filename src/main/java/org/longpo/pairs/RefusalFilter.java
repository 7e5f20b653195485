package org.longpo.pairs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.Option;
import org.longpo.settings.SuppliedValues;

/**
 * What a refusal is, and whom it costs.
 *
 * @param refusalPhrases an answer that begins with one of them is a refusal; whole words count,
 *     case and the kind of apostrophe do not matter, nor do words of courtesy before it
 * @param dropRejectedRefusals whether a refusal as rejected answer drops the pair as well
 */
public record RefusalFilter(
    @Option(
            defaultText = "ours: 'as an ai', 'i cannot answer' and similar ones",
            derivedBy = OurPhrases.class,
            meaning = "What a refusal begins with; whole words, whatever their case.")
        List<String> refusalPhrases,
    @Option(defaultValue = "true", meaning = "Drop pairs whose rejected answer is a refusal, too.")
        boolean dropRejectedRefusals) {
  /** Phrases with which assistants decline; our own list, the paper does not print one. */
  static final class OurPhrases implements DerivedDefault {
    private static final List<String> PHRASES =
        List.of(
            "as an ai",
            "as a language model",
            "as a large language model",
            "i'm just an ai",
            "i apologize, but",
            "i'm sorry, but",
            "i am sorry, but",
            "sorry, i can't",
            "sorry, i cannot",
            "i can't assist",
            "i cannot assist",
            "i can't help with",
            "i cannot help with",
            "i can't answer",
            "i cannot answer",
            "i cannot provide",
            "i can't provide",
            "i'm unable to",
            "i am unable to",
            "i'm not able to",
            "i am not able to",
            "i cannot fulfill",
            "i can't fulfill");

    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return Optional.of(PHRASES);
    }
  }

  public RefusalFilter {
    refusalPhrases = List.copyOf(refusalPhrases);
    if (refusalPhrases.stream().anyMatch(String::isBlank)) {
      throw new UserError("refusal_phrases must not hold a blank phrase.");
    }
  }
}
