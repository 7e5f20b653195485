package org.longpo.pipeline;

import java.nio.file.Path;
import org.longpo.evaluation.Evaluation;
import org.longpo.pairs.PairManifest;

/** A round that is done; {@code number} from 1, {@code model} the trained checkpoint. */
record RoundRecord(
    int number,
    RoundSettings settings,
    RunLayout.Round folder,
    PairManifest pairs,
    Path model,
    Evaluation evaluation) {}
