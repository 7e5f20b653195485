package org.longpo.training;

import org.longpo.settings.Option;
import org.longpo.settings.OptionChecks;
import org.longpo.settings.Range;

/**
 * What counts as a collapse of training, and whether it ends the run; see {@link CollapseWatch}.
 *
 * @param collapseSteps steps whose metrics are averaged, and for how many in a row the mean has to
 *     be too low or too high
 * @param collapseKl bound of {@code kl/short_to_long} in nats per token
 * @param stopOnCollapse whether training ends there, with the weights from before it
 */
public record CollapseSettings(
    @Option(
            defaultValue = "10",
            meaning =
                "A collapse is told from means over so many steps: chosen answers have become"
                    + " clearly less likely than they were, for so many steps in a row.")
        @Range(from = 2)
        int collapseSteps,
    @Option(
            defaultValue = "1",
            label = "NATS",
            meaning =
                "A collapse is also a KL from the short-context model (kl/short_to_long) beyond"
                    + " this many nats per token, and clearly above that of the first steps.")
        @Range(above = 0)
        double collapseKl,
    @Option(
            defaultValue = "false",
            meaning =
                "Whether a collapse ends training, with the weights of the last checkpoint before"
                    + " it (see save_steps), or the last ones if there is none; otherwise it is a"
                    + " warning.")
        boolean stopOnCollapse) {
  public CollapseSettings {
    OptionChecks.require(CollapseSettings.class, collapseSteps, collapseKl, stopOnCollapse);
  }
}
