package org.longpo.engine;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.RopeFrequencies;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * Rotary position embedding of rows, for every type of layer: pairs (x_i, x_{i + D/2}) are rotated
 * by position * frequency_i.
 *
 * <p>Legend: T rows, H heads, D head dimension. Angles are float32 products, as in the reference
 * implementation of the model families, so that large positions agree with it bit by bit.
 */
final class Rotation {
  private final Map<LayerType, Turn> turns;

  private Rotation(Map<LayerType, Turn> turns) {
    this.turns = turns;
  }

  /**
   * The rotation at some positions, in the scope open now.
   *
   * @param pathLength the length that the rows' paths end at
   */
  static Rotation of(
      ModelConfig config, int[] positions, int pathLength, DType dtype, Device device) {
    Map<RopeSettings, Turn> made = new HashMap<>();
    Map<LayerType, Turn> turns = new EnumMap<>(LayerType.class);
    for (LayerType type : config.layerTypes()) {
      turns.put(
          type,
          made.computeIfAbsent(
              config.rope(type),
              rope ->
                  Turn.of(
                      positions,
                      RopeFrequencies.of(
                          rope, config.headDim(), config.maxPositionEmbeddings(), pathLength),
                      dtype,
                      device)));
    }
    return new Rotation(turns);
  }

  /** That of layers of a type. */
  Turn of(LayerType type) {
    return Objects.requireNonNull(turns.get(type));
  }

  Rotation rows(long start, long end) {
    return each(tensor -> tensor.rows(start, end));
  }

  /** Those of some rows. */
  Rotation select(Tensor indices) {
    return each(tensor -> tensor.indexSelect(0, indices));
  }

  private Rotation each(UnaryOperator<Tensor> change) {
    Map<LayerType, Turn> part = new EnumMap<>(LayerType.class);
    turns.forEach(
        (type, turn) ->
            part.put(type, new Turn(change.apply(turn.cosine()), change.apply(turn.sine()))));
    return new Rotation(part);
  }

  /** [T, 1, D/2] each. */
  record Turn(Tensor cosine, Tensor sine) {
    private static Turn of(
        int[] positions, RopeFrequencies frequencies, DType dtype, Device device) {
      DType exact = dtype.accumulation();
      try (Scope scope = Scope.open()) {
        Tensor inverse = Tensor.of(frequencies.inverse(), device, 1, frequencies.inverse().length);
        Tensor position = Tensor.of(positions, device).to(DType.FLOAT32).unsqueeze(1);
        Tensor angles = position.mul(inverse).to(exact).unsqueeze(1);
        double factor = frequencies.attentionFactor();
        return new Turn(
            scope.keep(angles.cos().mulInPlace(factor).to(dtype)),
            scope.keep(angles.sin().mulInPlace(factor).to(dtype)));
      }
    }

    /** x: [T, H, D]. */
    Tensor forward(Tensor x) {
      return turn(x, 1);
    }

    /** The gradient through {@link #forward}: a rotation in the other direction. */
    Tensor backward(Tensor gradient) {
      return turn(gradient, -1);
    }

    private Tensor turn(Tensor x, double direction) {
      long half = x.size(2) / 2;
      Tensor first = x.narrow(2, 0, half);
      Tensor second = x.narrow(2, half, half);
      Tensor turned = Tensor.empty(x.dtype(), x.device(), x.shape());
      turned
          .narrow(2, 0, half)
          .copyInPlace(first.mul(cosine).addProductInPlace(second, sine, -direction));
      turned
          .narrow(2, half, half)
          .copyInPlace(second.mul(cosine).addProductInPlace(first, sine, direction));
      return turned;
    }
  }
}
