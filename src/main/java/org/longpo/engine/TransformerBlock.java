package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.longpo.tensor.Tensor;

/**
 * One layer in three segments: <em>project</em> (norm, q/k/v, RoPE), <em>attend</em> (elsewhere:
 * the only place where tokens are combined) and <em>finish</em> (output projection, residual, norm,
 * SwiGLU, residual). Project and finish are token-wise, so they run on tiles of tokens of any size.
 *
 * <p>Legend: t tokens of a tile, W hidden size, H query heads, G key/value heads, D head dimension,
 * F intermediate size.
 *
 * @param finishNorm the norm before the MLP
 */
public record TransformerBlock(
    RmsNorm inputNorm, AttentionWeights attention, RmsNorm finishNorm, Mlp mlp) {
  /**
   * The projections into and out of attention.
   *
   * @param queryNorm norm over each query head, for families that have one
   * @param keyNorm the same for key heads
   */
  public record AttentionWeights(
      int headDim,
      Linear query,
      Linear key,
      Linear value,
      @Nullable RmsNorm queryNorm,
      @Nullable RmsNorm keyNorm,
      Linear output) {

    List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>();
      List.of(query, key, value).forEach(linear -> parameters.addAll(linear.parameters()));
      if (queryNorm != null) {
        parameters.add(queryNorm.weight());
      }
      if (keyNorm != null) {
        parameters.add(keyNorm.weight());
      }
      parameters.addAll(output.parameters());
      return parameters;
    }

    /** [t, heads x D] -> [t, heads, D]. */
    private Tensor heads(Tensor rows) {
      return rows.view(rows.size(0), -1, headDim);
    }

    /** q, k and v of normed rows [t, W]; q and k rotated. */
    private Projected project(Tensor normed, Rotation rotation) {
      return new Projected(
          rotation.forward(normedHeads(queryNorm, heads(query.forward(normed)))),
          rotation.forward(normedHeads(keyNorm, heads(key.forward(normed)))),
          heads(value.forward(normed)));
    }

    /** Returns the gradient of the normed rows, [t, W]. */
    private Tensor projectBackward(Tensor normed, Rotation rotation, Projected gradients) {
      Tensor normedGradient =
          query.backward(
              normed, headsBackward(queryNorm, query, normed, rotation.backward(gradients.q())));
      normedGradient.addInPlace(
          key.backward(
              normed, headsBackward(keyNorm, key, normed, rotation.backward(gradients.k()))));
      return normedGradient.addInPlace(value.backward(normed, flat(gradients.v())));
    }

    private static Tensor normedHeads(@Nullable RmsNorm norm, Tensor heads) {
      return norm == null ? heads : norm.forward(heads);
    }

    /** From the gradient of normed heads [t, heads, D] to that of the projection's rows. */
    private Tensor headsBackward(
        @Nullable RmsNorm norm, Linear projection, Tensor normed, Tensor gradient) {
      return norm == null
          ? flat(gradient)
          : flat(norm.backward(heads(projection.forward(normed)), gradient));
    }
  }

  /** SwiGLU: {@code down(silu(gate(x)) * up(x))}. */
  public record Mlp(Linear gate, Linear up, Linear down) {
    List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>();
      List.of(gate, up, down).forEach(linear -> parameters.addAll(linear.parameters()));
      return parameters;
    }

    private Tensor forward(Tensor normed) {
      return down.forward(gate.forward(normed).silu().mulInPlace(up.forward(normed)));
    }

    /** Returns the gradient of the normed rows, [t, W]; what forward computed is computed again. */
    private Tensor backward(Tensor normed, Tensor outputGradient) {
      Tensor gated = gate.forward(normed);
      Tensor raised = up.forward(normed);
      Tensor activated = gated.silu();
      Tensor hiddenGradient = down.backward(activated.mul(raised), outputGradient);
      Tensor raisedGradient = activated.mulInPlace(hiddenGradient);
      Tensor gatedGradient = gated.siluBackward(hiddenGradient.mulInPlace(raised));
      Tensor normedGradient = gate.backward(normed, gatedGradient);
      return normedGradient.addInPlace(up.backward(normed, raisedGradient));
    }
  }

  /** q: [t, H, D]; k, v: [t, G, D]; q and k are rotated. */
  record Projected(Tensor q, Tensor k, Tensor v) {}

  /** Gradients of the block's input, as far as it goes through the residual, and of attention's. */
  record FinishGradients(Tensor input, Tensor attended) {}

  /** input: [t, W]. */
  Projected project(Tensor input, Rotation rotation) {
    return attention.project(inputNorm.forward(input), rotation);
  }

  /** Adds the parameters' gradients and returns that of the input, [t, W]. */
  Tensor projectBackward(Tensor input, Rotation rotation, Projected gradients) {
    Tensor normed = inputNorm.forward(input);
    return inputNorm.backward(input, attention.projectBackward(normed, rotation, gradients));
  }

  /** input: [t, W]; attended: [t, H, D]; returns the block's output, [t, W]. */
  Tensor finish(Tensor input, Tensor attended) {
    Tensor middle = attention.output().forward(flat(attended)).addInPlace(input);
    return mlp.forward(finishNorm.forward(middle)).addInPlace(middle);
  }

  /** Adds the parameters' gradients; what finish computed is computed again. */
  FinishGradients finishBackward(Tensor input, Tensor attended, Tensor outputGradient) {
    Tensor flatAttended = flat(attended);
    Tensor middle = attention.output().forward(flatAttended).addInPlace(input);
    Tensor normed = finishNorm.forward(middle);
    Tensor normedGradient = mlp.backward(normed, outputGradient);
    Tensor middleGradient = finishNorm.backward(middle, normedGradient).addInPlace(outputGradient);
    Tensor attendedGradient =
        attention.heads(attention.output().backward(flatAttended, middleGradient));
    return new FinishGradients(middleGradient, attendedGradient);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(inputNorm.weight()));
    parameters.addAll(attention.parameters());
    parameters.add(finishNorm.weight());
    parameters.addAll(mlp.parameters());
    return parameters;
  }

  /** [t, heads, D] -> [t, heads x D]. */
  private static Tensor flat(Tensor heads) {
    return heads.reshape(heads.size(0), -1);
  }
}
