package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.longpo.checkpoint.Activation;
import org.longpo.checkpoint.LayerType;
import org.longpo.tensor.Tensor;

/**
 * One layer in three segments: <em>project</em> (norm, q/k/v, RoPE), <em>attend</em> (elsewhere:
 * the only place where tokens are combined) and <em>finish</em> (output projection, residual, norm,
 * gated MLP, residual). Project and finish are token-wise, so they run on tiles of tokens of any
 * size. Which norms there are, and where, is the model's description.
 *
 * <p>Legend: t tokens of a tile, W hidden size, H query heads, G key/value heads, D head dimension,
 * F intermediate size.
 *
 * @param type which tokens attention reads, and so which rotation queries and keys get
 */
public record TransformerBlock(
    BlockNorms norms, AttentionWeights attention, Mlp mlp, LayerType type) {
  /**
   * The norms over the residual stream's width; null where the family has none.
   *
   * @param afterAttention of the output projection's result, before the residual
   * @param afterMlp of the MLP's result, before the residual
   */
  public record BlockNorms(
      @Nullable RmsNorm beforeAttention,
      @Nullable RmsNorm afterAttention,
      @Nullable RmsNorm beforeMlp,
      @Nullable RmsNorm afterMlp) {
    private static Tensor forward(@Nullable RmsNorm norm, Tensor x) {
      return norm == null ? x : norm.forward(x);
    }

    /** The gradient of x. */
    private static Tensor backward(@Nullable RmsNorm norm, Tensor x, Tensor yGradient) {
      return norm == null ? yGradient : norm.backward(x, yGradient);
    }
  }

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
      addWeight(parameters, queryNorm);
      addWeight(parameters, keyNorm);
      parameters.addAll(output.parameters());
      return parameters;
    }

    private AttentionWeights withoutAdapters() {
      return new AttentionWeights(
          headDim,
          query.withoutAdapter(),
          key.withoutAdapter(),
          value.withoutAdapter(),
          queryNorm,
          keyNorm,
          output.withoutAdapter());
    }

    /** [t, heads x D] -> [t, heads, D]. */
    private Tensor heads(Tensor rows) {
      return rows.view(rows.size(0), -1, headDim);
    }

    /** q, k and v of normed rows [t, W]; q and k rotated. */
    private Projected project(Tensor normed, Rotation.Turn rotation) {
      return new Projected(
          rotation.forward(BlockNorms.forward(queryNorm, heads(query.forward(normed)))),
          rotation.forward(BlockNorms.forward(keyNorm, heads(key.forward(normed)))),
          heads(value.forward(normed)));
    }

    /** Returns the gradient of the normed rows, [t, W]. */
    private Tensor projectBackward(Tensor normed, Rotation.Turn rotation, Projected gradients) {
      Tensor normedGradient =
          query.backward(
              normed, headsBackward(queryNorm, query, normed, rotation.backward(gradients.q())));
      normedGradient.addInPlace(
          key.backward(
              normed, headsBackward(keyNorm, key, normed, rotation.backward(gradients.k()))));
      return normedGradient.addInPlace(value.backward(normed, flat(gradients.v())));
    }

    /** From the gradient of normed heads [t, heads, D] to that of the projection's rows. */
    private Tensor headsBackward(
        @Nullable RmsNorm norm, Linear projection, Tensor normed, Tensor gradient) {
      return norm == null
          ? flat(gradient)
          : flat(norm.backward(heads(projection.forward(normed)), gradient));
    }
  }

  /** A gated MLP: {@code down(activation(gate(x)) * up(x))}. */
  public record Mlp(Linear gate, Linear up, Linear down, Activation activation) {
    List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>();
      List.of(gate, up, down).forEach(linear -> parameters.addAll(linear.parameters()));
      return parameters;
    }

    private Mlp withoutAdapters() {
      return new Mlp(gate.withoutAdapter(), up.withoutAdapter(), down.withoutAdapter(), activation);
    }

    private Tensor forward(Tensor normed) {
      return down.forward(activated(gate.forward(normed)).mulInPlace(up.forward(normed)));
    }

    /**
     * Returns the gradient of the normed rows, [t, W]; what forward computed is computed again.
     *
     * @param after the norm of the result
     * @param outputGradient the gradient of the norm's output
     */
    private Tensor backward(Tensor normed, @Nullable RmsNorm after, Tensor outputGradient) {
      Tensor gated = gate.forward(normed);
      Tensor raised = up.forward(normed);
      Tensor activated = activated(gated);
      Tensor hidden = activated.mul(raised);
      Tensor downGradient =
          after == null ? outputGradient : after.backward(down.forward(hidden), outputGradient);
      Tensor hiddenGradient = down.backward(hidden, downGradient);
      Tensor raisedGradient = activated.mulInPlace(hiddenGradient);
      Tensor gatedGradient = activatedBackward(gated, hiddenGradient.mulInPlace(raised));
      Tensor normedGradient = gate.backward(normed, gatedGradient);
      return normedGradient.addInPlace(up.backward(normed, raisedGradient));
    }

    private Tensor activated(Tensor gated) {
      return switch (activation) {
        case SILU -> gated.silu();
        case GELU_TANH -> gated.geluTanh();
      };
    }

    private Tensor activatedBackward(Tensor gated, Tensor gradient) {
      return switch (activation) {
        case SILU -> gated.siluBackward(gradient);
        case GELU_TANH -> gated.geluTanhBackward(gradient);
      };
    }
  }

  /** The same weights; what adapters add is left out. */
  TransformerBlock withoutAdapters() {
    return new TransformerBlock(norms, attention.withoutAdapters(), mlp.withoutAdapters(), type);
  }

  /** q: [t, H, D]; k, v: [t, G, D]; q and k are rotated. */
  record Projected(Tensor q, Tensor k, Tensor v) {}

  /** Gradients of the block's input, as far as it goes through the residual, and of attention's. */
  record FinishGradients(Tensor input, Tensor attended) {}

  /** input: [t, W]. */
  Projected project(Tensor input, Rotation rotation) {
    Tensor normed = BlockNorms.forward(norms.beforeAttention(), input);
    return attention.project(normed, rotation.of(type));
  }

  /** Adds the parameters' gradients and returns that of the input, [t, W]. */
  Tensor projectBackward(Tensor input, Rotation rotation, Projected gradients) {
    Tensor normed = BlockNorms.forward(norms.beforeAttention(), input);
    Tensor normedGradient = attention.projectBackward(normed, rotation.of(type), gradients);
    return BlockNorms.backward(norms.beforeAttention(), input, normedGradient);
  }

  /** input: [t, W]; attended: [t, H, D]; returns the block's output, [t, W]. */
  Tensor finish(Tensor input, Tensor attended) {
    Tensor projected = attention.output().forward(flat(attended));
    Tensor middle = BlockNorms.forward(norms.afterAttention(), projected).addInPlace(input);
    Tensor raised = mlp.forward(BlockNorms.forward(norms.beforeMlp(), middle));
    return BlockNorms.forward(norms.afterMlp(), raised).addInPlace(middle);
  }

  /** Adds the parameters' gradients; what finish computed is computed again. */
  FinishGradients finishBackward(Tensor input, Tensor attended, Tensor outputGradient) {
    Tensor flatAttended = flat(attended);
    // Without a norm after attention, the sum takes the place of what was projected.
    Tensor projected = attention.output().forward(flatAttended);
    Tensor middle = BlockNorms.forward(norms.afterAttention(), projected).addInPlace(input);
    Tensor normed = BlockNorms.forward(norms.beforeMlp(), middle);
    Tensor normedGradient = mlp.backward(normed, norms.afterMlp(), outputGradient);
    Tensor middleGradient =
        BlockNorms.backward(norms.beforeMlp(), middle, normedGradient).addInPlace(outputGradient);
    Tensor projectedGradient =
        BlockNorms.backward(norms.afterAttention(), projected, middleGradient);
    Tensor attendedGradient =
        attention.heads(attention.output().backward(flatAttended, projectedGradient));
    return new FinishGradients(middleGradient, attendedGradient);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    addWeight(parameters, norms.beforeAttention());
    parameters.addAll(attention.parameters());
    addWeight(parameters, norms.afterAttention());
    addWeight(parameters, norms.beforeMlp());
    parameters.addAll(mlp.parameters());
    addWeight(parameters, norms.afterMlp());
    return parameters;
  }

  private static void addWeight(List<Parameter> parameters, @Nullable RmsNorm norm) {
    if (norm != null) {
      parameters.add(norm.weight());
    }
  }

  /** [t, heads, D] -> [t, heads x D]. */
  private static Tensor flat(Tensor heads) {
    return heads.reshape(heads.size(0), -1);
  }
}
