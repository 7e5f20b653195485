package org.longpo.training;

import java.util.OptionalInt;
import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * What sequences training reads.
 *
 * @param layout how several instructions of one document stand together
 * @param maxLength tokens that a sequence may have; empty: any
 * @param overLength what becomes of longer ones
 */
public record SequenceSettings(
    @Option(
            defaultValue = "tree",
            meaning =
                "tree: every instruction follows the document alone, as it was sampled; chain: the"
                    + " turns follow each other, as in the paper's code.")
        SequenceLayout layout,
    @Option(defaultText = "any", meaning = "Tokens that a training sequence may have.")
        @Range(from = 1)
        OptionalInt maxLength,
    @Option(
            defaultValue = "error",
            meaning =
                "What becomes of longer ones: error, drop or truncate-document (never the answer;"
                    + " pairs about what was cut off are dropped).")
        OverLength overLength) {
  public SequenceSettings {
    OptionChecks.require(SequenceSettings.class, layout, maxLength, overLength);
  }
}
