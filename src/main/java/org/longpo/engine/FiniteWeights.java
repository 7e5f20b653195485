package org.longpo.engine;

import java.util.Locale;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tensor.Tensor;

/**
 * Refuses weights that hold NaN or infinity: one such value makes every result of the model NaN.
 *
 * <p>For a tensor without such values this costs one pass that reads it, at the speed of memory.
 */
public final class FiniteWeights {
  private FiniteWeights() {}

  /**
   * Checks a weight in the form in which it is used.
   *
   * @param model the name of the model in errors: its folder
   * @param name the weight's name in the checkpoint
   * @param stored the values as they are in the file
   * @param value the same in the type of the computation
   * @throws UserError that names model, tensor and number of values that are not finite
   */
  public static void require(String model, String name, Tensor stored, Tensor value) {
    if (value.allFinite()) {
      return;
    }
    long damaged = stored.countNonFinite();
    throw new UserError(
        damaged > 0
            ? "The weights of the model %s are damaged: %d of the %d values of %s are not finite (NaN or infinity); get the model again, or train it again if its training diverged."
                .formatted(model, damaged, stored.elements(), name)
            : "The weights of the model %s do not fit into %s: %d of the %d values of %s are too large for it; choose a wider type with --dtype."
                .formatted(
                    model,
                    typeName(value.dtype()),
                    value.countNonFinite(),
                    value.elements(),
                    name));
  }

  /** The name as {@code --dtype} reads it. */
  static String typeName(DType dtype) {
    return dtype.name().toLowerCase(Locale.ROOT);
  }
}
