package org.longpo.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.longpo.pairs.GenerateSettings;
import org.longpo.settings.OptionRecords;
import org.longpo.training.TrainingSettings;

/** A round: its length is that of the pieces that pairs are made from. */
public record RoundSettings(GenerateSettings generate, TrainingSettings train) {
  public int lengthTokens() {
    return generate.lengthTokens();
  }

  /** Every option of the round by its name. */
  Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>(OptionRecords.deciding(generate));
    all.putAll(OptionRecords.deciding(train));
    return all;
  }
}
