package org.longpo.tensor;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.Norms;
import org.longpo.checkpoint.RopeFrequencies;

/**
 * The textbook transformer: one sequence at a time, one graph over all layers, full attention
 * matrices, libtorch's autograd, on the CPU in float64. Slow and simple: what the engine is held
 * against, whatever device and element type it runs on.
 */
public final class AutogradReference {
  private final ModelConfig config;
  private final Map<String, org.bytedeco.pytorch.Tensor> leaves = new LinkedHashMap<>();

  public AutogradReference(ModelConfig config, Map<String, Tensor> weights) {
    this.config = config;
    weights.forEach(
        (name, weight) ->
            leaves.put(
                name,
                weight
                    .to(DType.FLOAT64)
                    .to(Device.CPU)
                    .raw()
                    .detach()
                    .clone()
                    .set_requires_grad(true)));
  }

  /**
   * The log-probabilities of tokens 1, 2, ... of a sequence; adds {@code sum weights[i] *
   * logProb_i} 's gradients to what {@link #gradients} returns.
   */
  public double[] logProbs(int[] tokens, double @Nullable [] weights) {
    try (Scope scope = Scope.open()) {
      org.bytedeco.pytorch.Tensor logits = logits(tokens);
      org.bytedeco.pytorch.Tensor logProbs =
          torch.log_softmax(logits, 1).narrow(0, 0, tokens.length - 1L);
      int[] next = java.util.Arrays.copyOfRange(tokens, 1, tokens.length);
      org.bytedeco.pytorch.Tensor read =
          logProbs.gather(1, Tensor.of(next, Device.CPU).raw().unsqueeze(1)).squeeze(1);
      if (weights != null) {
        read.mul(Tensor.of(weights, Device.CPU, weights.length).raw().to(read.scalar_type()))
            .sum()
            .backward();
      }
      return new Tensor(read.detach()).toDoubles();
    }
  }

  public Map<String, double[]> gradients() {
    try (Scope scope = Scope.open()) {
      Map<String, double[]> gradients = new HashMap<>();
      leaves.forEach((name, leaf) -> gradients.put(name, new Tensor(leaf.grad()).toDoubles()));
      return gradients;
    }
  }

  private org.bytedeco.pytorch.Tensor logits(int[] tokens) {
    long length = tokens.length;
    Norms.Places places = config.blocks().norms().places();
    var x =
        torch
            .embedding(leaf("model.embed_tokens.weight"), Tensor.of(tokens, Device.CPU).raw())
            .mul(new Scalar(config.vocabulary().embeddingScale()));
    for (int layer = 0; layer < config.layers(); layer++) {
      LayerType type = config.attention().layerTypes().get(layer);
      String prefix = "model.layers." + layer + ".";
      var attended =
          linear(
              attention(norm(x, prefix, places.beforeAttention()), prefix + "self_attn.", type),
              prefix + "self_attn.o_proj");
      x = x.add(norm(attended, prefix, places.afterAttention()));
      var finish = norm(x, prefix, places.beforeMlp());
      var hidden =
          activated(linear(finish, prefix + "mlp.gate_proj"))
              .mul(linear(finish, prefix + "mlp.up_proj"));
      x = x.add(norm(linear(hidden, prefix + "mlp.down_proj"), prefix, places.afterMlp()));
    }
    x = norm(x, "model.norm.weight");
    String head =
        leaves.containsKey("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight";
    return x.matmul(leaf(head).t());
  }

  /** [length, heads x D], before the output projection. */
  private org.bytedeco.pytorch.Tensor attention(
      org.bytedeco.pytorch.Tensor normed, String prefix, LayerType type) {
    long length = normed.size(0);
    var angles = angles(length, type);
    var cosine = torch.cat(vector(angles.cos(), angles.cos()), 1);
    var sine = torch.cat(vector(angles.sin(), angles.sin()), 1);
    Function<String, org.bytedeco.pytorch.Tensor> heads =
        name -> linear(normed, prefix + name).view(length, -1, config.headDim()).transpose(0, 1);
    var q = rotate(headNorm(heads.apply("q_proj"), prefix + "q_norm.weight"), cosine, sine);
    var k = rotate(headNorm(heads.apply("k_proj"), prefix + "k_norm.weight"), cosine, sine);
    var scores =
        q.matmul(grouped(k).transpose(1, 2))
            .mul(new Scalar(config.attention().scale()))
            .masked_fill(unseen(length, type), new Scalar(Double.NEGATIVE_INFINITY));
    return torch
        .softmax(scores, -1)
        .matmul(grouped(heads.apply("v_proj")))
        .transpose(0, 1)
        .reshape(length, -1);
  }

  private org.bytedeco.pytorch.Tensor grouped(org.bytedeco.pytorch.Tensor heads) {
    return heads.repeat_interleave(
        config.attentionHeads() / config.keyValueHeads(),
        new org.bytedeco.pytorch.LongOptional(0),
        new org.bytedeco.pytorch.LongOptional());
  }

  private org.bytedeco.pytorch.Tensor angles(long length, LayerType type) {
    float[] inverse =
        RopeFrequencies.of(config.rope(type), config.headDim(), config.maxPositionEmbeddings(), 1)
            .inverse();
    int[] positions = java.util.stream.IntStream.range(0, (int) length).toArray();
    return Tensor.of(positions, Device.CPU)
        .to(DType.FLOAT32)
        .unsqueeze(1)
        .mul(Tensor.of(inverse, Device.CPU, 1, inverse.length))
        .to(DType.FLOAT64)
        .raw();
  }

  private org.bytedeco.pytorch.Tensor unseen(long length, LayerType type) {
    var unseen = Tensor.full(1, DType.BOOL, Device.CPU, length, length).upperTriangleInPlace(1);
    if (type == LayerType.SLIDING_ATTENTION) {
      int window = config.attention().slidingWindow().orElseThrow();
      unseen
          .raw()
          .logical_or_(
              Tensor.full(1, DType.BOOL, Device.CPU, length, length)
                  .lowerTriangleInPlace(-window)
                  .raw());
    }
    return unseen.raw();
  }

  private org.bytedeco.pytorch.Tensor activated(org.bytedeco.pytorch.Tensor gated) {
    return switch (config.blocks().activation()) {
      case SILU -> torch.silu(gated);
      case GELU_TANH -> {
        // From its definition, so that autograd derives it.
        var cubed = gated.mul(gated).mul(gated).mul(new Scalar(0.044715));
        var inner = gated.add(cubed).mul(new Scalar(Math.sqrt(2 / Math.PI)));
        yield gated.mul(new Scalar(0.5)).mul(inner.tanh().add(new Scalar(1)));
      }
    };
  }

  private org.bytedeco.pytorch.Tensor leaf(String name) {
    return java.util.Objects.requireNonNull(leaves.get(name), name);
  }

  private org.bytedeco.pytorch.Tensor linear(org.bytedeco.pytorch.Tensor x, String name) {
    var y = x.matmul(leaf(name + ".weight").t());
    return leaves.containsKey(name + ".bias") ? y.add(leaf(name + ".bias")) : y;
  }

  private org.bytedeco.pytorch.Tensor headNorm(org.bytedeco.pytorch.Tensor heads, String name) {
    return leaves.containsKey(name) ? norm(heads, name) : heads;
  }

  private org.bytedeco.pytorch.Tensor norm(
      org.bytedeco.pytorch.Tensor x, String prefix, Optional<String> name) {
    return name.isPresent() ? norm(x, prefix + name.get() + ".weight") : x;
  }

  private org.bytedeco.pytorch.Tensor norm(org.bytedeco.pytorch.Tensor x, String name) {
    Norms norms = config.blocks().norms();
    var mean = x.square().mean(new long[] {-1}, true, new ScalarTypeOptional());
    return x.mul(mean.add(new Scalar(norms.epsilon())).rsqrt())
        .mul(leaf(name).add(new Scalar(norms.weightOffset())));
  }

  private static org.bytedeco.pytorch.Tensor rotate(
      org.bytedeco.pytorch.Tensor x,
      org.bytedeco.pytorch.Tensor cosine,
      org.bytedeco.pytorch.Tensor sine) {
    long half = x.size(-1) / 2;
    var turned = torch.cat(vector(x.narrow(-1, half, half).neg(), x.narrow(-1, 0, half)), -1);
    return x.mul(cosine).add(turned.mul(sine));
  }

  private static org.bytedeco.pytorch.TensorVector vector(
      org.bytedeco.pytorch.Tensor first, org.bytedeco.pytorch.Tensor second) {
    var vector = new org.bytedeco.pytorch.TensorVector();
    vector.push_back(first);
    vector.push_back(second);
    return vector;
  }
}
