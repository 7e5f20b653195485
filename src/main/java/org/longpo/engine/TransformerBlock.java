package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.longpo.tensor.Tensor;

/**
 * One layer in three segments: <em>project</em> (norm, q/k/v, RoPE), <em>attend</em> (elsewhere:
 * the only place where tokens meet) and <em>finish</em> (output projection, residual, norm, SwiGLU,
 * residual). Project and finish are token-wise, so they run on tiles of tokens of any size.
 *
 * <p>Legend: t tokens of a tile, W hidden size, H query heads, G key/value heads, D head dimension,
 * F intermediate size.
 *
 * @param queryNorm norm over each query head, for families that have one
 */
public record TransformerBlock(
    int headDim,
    RmsNorm inputNorm,
    Linear query,
    Linear key,
    Linear value,
    @Nullable RmsNorm queryNorm,
    @Nullable RmsNorm keyNorm,
    Linear output,
    RmsNorm finishNorm,
    Linear gate,
    Linear up,
    Linear down) {

  /** q: [t, H, D]; k, v: [t, G, D]; q and k are rotated. */
  record Projected(Tensor q, Tensor k, Tensor v) {}

  /** Gradients of the block's input, as far as it goes through the residual, and of attention's. */
  record FinishGradients(Tensor input, Tensor attended) {}

  /** input: [t, W]. */
  Projected project(Tensor input, Rotation rotation) {
    Tensor normed = inputNorm.forward(input);
    return new Projected(
        rotation.forward(normedHeads(queryNorm, heads(query.forward(normed)))),
        rotation.forward(normedHeads(keyNorm, heads(key.forward(normed)))),
        heads(value.forward(normed)));
  }

  /** Adds the parameters' gradients and returns that of the input, [t, W]. */
  Tensor projectBackward(Tensor input, Rotation rotation, Projected gradients) {
    Tensor normed = inputNorm.forward(input);
    Tensor normedGradient =
        query.backward(
            normed, headsBackward(queryNorm, query, normed, rotation.backward(gradients.q())));
    normedGradient.addInPlace(
        key.backward(
            normed, headsBackward(keyNorm, key, normed, rotation.backward(gradients.k()))));
    normedGradient.addInPlace(value.backward(normed, flat(gradients.v())));
    return inputNorm.backward(input, normedGradient);
  }

  /** input: [t, W]; attended: [t, H, D]; returns the block's output, [t, W]. */
  Tensor finish(Tensor input, Tensor attended) {
    Tensor middle = output.forward(flat(attended)).addInPlace(input);
    Tensor normed = finishNorm.forward(middle);
    Tensor hidden = gate.forward(normed).silu().mulInPlace(up.forward(normed));
    return down.forward(hidden).addInPlace(middle);
  }

  /** Adds the parameters' gradients; what finish computed is computed again. */
  FinishGradients finishBackward(Tensor input, Tensor attended, Tensor outputGradient) {
    Tensor flatAttended = flat(attended);
    Tensor middle = output.forward(flatAttended).addInPlace(input);
    Tensor normed = finishNorm.forward(middle);
    Tensor gated = gate.forward(normed);
    Tensor raised = up.forward(normed);
    Tensor activated = gated.silu();

    Tensor hiddenGradient = down.backward(activated.mul(raised), outputGradient);
    Tensor raisedGradient = activated.mulInPlace(hiddenGradient);
    Tensor gatedGradient = gated.siluBackward(hiddenGradient.mulInPlace(raised));
    Tensor normedGradient = gate.backward(normed, gatedGradient);
    normedGradient.addInPlace(up.backward(normed, raisedGradient));
    Tensor middleGradient = finishNorm.backward(middle, normedGradient).addInPlace(outputGradient);
    Tensor attendedGradient = heads(output.backward(flatAttended, middleGradient));
    return new FinishGradients(middleGradient, attendedGradient);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(inputNorm.weight()));
    List.of(query, key, value).forEach(linear -> parameters.addAll(linear.parameters()));
    if (queryNorm != null) {
      parameters.add(queryNorm.weight());
    }
    if (keyNorm != null) {
      parameters.add(keyNorm.weight());
    }
    parameters.addAll(output.parameters());
    parameters.add(finishNorm.weight());
    List.of(gate, up, down).forEach(linear -> parameters.addAll(linear.parameters()));
    return parameters;
  }

  /** [t, heads x D] -> [t, heads, D]. */
  private Tensor heads(Tensor rows) {
    return rows.view(rows.size(0), -1, headDim);
  }

  /** [t, heads, D] -> [t, heads x D]. */
  private static Tensor flat(Tensor heads) {
    return heads.reshape(heads.size(0), -1);
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
