package org.longpo.training;

import org.longpo.settings.Option;
import org.longpo.settings.SeedOption;

/**
 * What a run has to repeat to end with the same bytes.
 *
 * @param seed decides the order of the data, which documents are held out, and adapters' first
 *     values
 * @param deterministic whether only kernels are used that give the same bits every time; the CPU's
 *     do anyway
 */
public record Reproducibility(
    @SeedOption long seed,
    @Option(
            defaultValue = "false",
            meaning =
                "Whether the same seed gives the same bits on device cuda too, with slower"
                    + " kernels.")
        boolean deterministic) {}
