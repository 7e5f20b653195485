package org.longpo.pairs;

import java.util.Map;
import java.util.Optional;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.OptionRecords;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/**
 * What a pair must be like to be kept; the defaults are the paper's.
 *
 * @param lengths how long inputs and answers may be
 * @param refusals what a refusal is
 * @param maxChosenRepetition largest share of repeated words in a chosen answer (paper: 0.90)
 * @param maxRejectedRepetition the same for a rejected answer (paper: 0.95)
 * @param minShortMargin nats per token by which the chosen answer's mean log-probability on the
 *     short input must exceed the rejected one's; empty: not checked, as in the paper
 */
@Section("Filters of pairs")
public record FilterSettings(
    LengthFilter lengths,
    RefusalFilter refusals,
    @Option(defaultValue = "0.9", meaning = "Share of repeated words in a chosen answer at most.")
        @Range(from = 0, to = 1)
        double maxChosenRepetition,
    @Option(defaultValue = "0.95", meaning = "The same for a rejected answer.")
        @Range(from = 0, to = 1)
        double maxRejectedRepetition,
    @Option(
            defaultText = "not checked",
            label = "NATS",
            meaning =
                "Nats per token by which the chosen answer's mean log-probability, given the chunk,"
                    + " must exceed the rejected one's.")
        Optional<Double> minShortMargin) {
  public FilterSettings {
    OptionChecks.require(
        FilterSettings.class,
        lengths,
        refusals,
        maxChosenRepetition,
        maxRejectedRepetition,
        minShortMargin);
  }

  /** The paper's filters. */
  public static FilterSettings defaults() {
    return OptionRecords.of(FilterSettings.class, Map.of());
  }
}
