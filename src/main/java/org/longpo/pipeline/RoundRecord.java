package org.longpo.pipeline;

import java.nio.file.Path;
import org.longpo.evaluation.Evaluation;
import org.longpo.pairs.PairManifest;

/** A round that is done; {@code number} from 1, {@code model} the trained checkpoint. */
record RoundRecord(
    int number,
    RoundSettings settings,
    Path home,
    PairManifest pairs,
    Path model,
    Evaluation evaluation) {}
