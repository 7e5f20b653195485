package org.longpo.training;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.longpo.objective.Distill;
import org.longpo.objective.Dpo;
import org.longpo.objective.Ipo;
import org.longpo.objective.LongPo;
import org.longpo.objective.Objective;
import org.longpo.objective.Orpo;
import org.longpo.objective.Sft;
import org.longpo.objective.SimPo;
import org.longpo.objective.SoLoPo;

/** An objective's settings by their names in files and flags. */
public final class ObjectiveSettings {
  private ObjectiveSettings() {}

  /** The objective's name under {@code objective} and what it is set to, in a fixed order. */
  public static Map<String, Object> byName(Objective objective) {
    Map<String, Object> all = new LinkedHashMap<>();
    switch (objective) {
      case LongPo longPo -> {
        all.put("objective", "longpo");
        all.put("beta", longPo.beta());
        all.put("lambda", longPo.lambda());
        all.put("sigmoid", key(longPo.sigmoid()));
        all.put("nll_span", key(longPo.nllSpan()));
        all.put("reference_input", key(longPo.referenceInput()));
      }
      case Dpo dpo -> {
        all.put("objective", "dpo");
        all.put("beta", dpo.beta());
        all.put("label_smoothing", dpo.labelSmoothing());
      }
      case Ipo ipo -> {
        all.put("objective", "ipo");
        all.put("beta", ipo.beta());
      }
      case SimPo simPo -> {
        all.put("objective", "simpo");
        all.put("beta", simPo.beta());
        all.put("gamma", simPo.gamma());
      }
      case Orpo orpo -> {
        all.put("objective", "orpo");
        all.put("lambda", orpo.lambda());
        all.put("nll_span", key(orpo.nllSpan()));
      }
      case Sft sft -> {
        all.put("objective", "sft");
        all.put("response", key(sft.response()));
        all.put("nll_span", key(sft.nllSpan()));
        all.put("constraint_weight", sft.constraintWeight());
      }
      case SoLoPo soLoPo -> {
        Map<String, Object> preference = byName(soLoPo.preference());
        all.put("preference", String.valueOf(preference.get("objective")));
        all.putAll(preference);
        all.put("objective", "solopo");
        all.put("alpha", soLoPo.alpha());
      }
      case Distill distill -> all.put("objective", "distill");
    }
    return all;
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
