package org.longpo.evaluation;

import java.util.Map;
import java.util.Optional;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.SuppliedValues;

/** The default of options that are the model's own window: {@link TaskOptions#MODEL_WINDOW}. */
public final class ModelWindow implements DerivedDefault {
  @Override
  public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
    return supplied.find(TaskOptions.MODEL_WINDOW, Integer.class);
  }
}
