package org.longpo.training;

import java.util.Map;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Sigmoid;
import org.longpo.settings.OptionRecords;

/** Settings under which the chosen answers of a few random documents fall after some steps. */
public final class CollapsingRun {
  private CollapsingRun() {}

  /** Every step has two documents: with no others, each is an epoch. */
  public static TrainingSettings settings(int epochs, int saveSteps, boolean stopOnCollapse) {
    return OptionRecords.with(
        TinyRun.settings(epochs, 2),
        Map.of(
            "objective",
            new LongPo(0.1, 1, Sigmoid.PER_PAIR, NllSpan.NONE, Input.SHORT),
            "learning_rate",
            0.06,
            "lr_scheduler_type",
            "constant",
            "logging_steps",
            1,
            "save_steps",
            saveSteps,
            "collapse_steps",
            5,
            "stop_on_collapse",
            stopOnCollapse));
  }
}
