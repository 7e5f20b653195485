package org.longpo.tiny.village;

import org.longpo.settings.Option;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/** Of all tasks of the village. */
@Section("Evaluation")
public record VillageOptions(
    @Option(
            name = "village_questions",
            defaultValue = "100",
            meaning = "Questions of every village task and length, each about a text of its own.")
        @Range(from = 1)
        int questions) {}
