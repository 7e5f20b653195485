package org.longpo.tensor;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The textbook transformer: one sequence at a time, one graph over all layers, full attention
 * matrices, libtorch's autograd, on the CPU in float64. Slow and simple: what the engine is held
 * against, whatever device and element type it runs on.
 */
public final class AutogradReference {
  /** What of a model's shape the reference needs; {@code window} 0: none. */
  public record Shape(
      int layers, int heads, int keyValueHeads, int headDim, double epsilon, int window) {}

  private final Shape shape;
  private final float[] inverseFrequencies;
  private final Map<String, org.bytedeco.pytorch.Tensor> leaves = new LinkedHashMap<>();

  public AutogradReference(Shape shape, float[] inverseFrequencies, Map<String, Tensor> weights) {
    this.shape = shape;
    this.inverseFrequencies = inverseFrequencies.clone();
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
    var x = torch.embedding(leaf("model.embed_tokens.weight"), Tensor.of(tokens, Device.CPU).raw());
    var type = x.scalar_type();
    int[] positions = java.util.stream.IntStream.range(0, tokens.length).toArray();
    var angles =
        Tensor.of(positions, Device.CPU)
            .to(DType.FLOAT32)
            .unsqueeze(1)
            .mul(Tensor.of(inverseFrequencies, Device.CPU, 1, inverseFrequencies.length))
            .to(DType.of(type.intern()).accumulation())
            .raw();
    var cosine = torch.cat(vector(angles.cos(), angles.cos()), 1).to(type);
    var sine = torch.cat(vector(angles.sin(), angles.sin()), 1).to(type);
    var unseen = Tensor.full(1, DType.BOOL, Device.CPU, length, length).upperTriangleInPlace(1);
    if (shape.window() > 0) {
      unseen
          .raw()
          .logical_or_(
              Tensor.full(1, DType.BOOL, Device.CPU, length, length)
                  .lowerTriangleInPlace(-shape.window())
                  .raw());
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      String prefix = "model.layers." + layer + ".";
      String attention = prefix + "self_attn.";
      var normed = norm(x, prefix + "input_layernorm.weight");
      Function<String, org.bytedeco.pytorch.Tensor> heads =
          name ->
              linear(normed, attention + name).view(length, -1, shape.headDim()).transpose(0, 1);
      var q = rotate(headNorm(heads.apply("q_proj"), attention + "q_norm.weight"), cosine, sine);
      var k = rotate(headNorm(heads.apply("k_proj"), attention + "k_norm.weight"), cosine, sine);
      long group = shape.heads() / shape.keyValueHeads();
      k =
          k.repeat_interleave(
              group,
              new org.bytedeco.pytorch.LongOptional(0),
              new org.bytedeco.pytorch.LongOptional());
      var v =
          heads
              .apply("v_proj")
              .repeat_interleave(
                  group,
                  new org.bytedeco.pytorch.LongOptional(0),
                  new org.bytedeco.pytorch.LongOptional());
      var scores =
          q.matmul(k.transpose(1, 2))
              .mul(new Scalar(1 / Math.sqrt(shape.headDim())))
              .masked_fill(unseen.raw(), new Scalar(Double.NEGATIVE_INFINITY));
      var attended = torch.softmax(scores, -1).matmul(v).transpose(0, 1).reshape(length, -1);
      x = x.add(linear(attended, attention + "o_proj"));
      var finish = norm(x, prefix + "post_attention_layernorm.weight");
      var hidden =
          torch
              .silu(linear(finish, prefix + "mlp.gate_proj"))
              .mul(linear(finish, prefix + "mlp.up_proj"));
      x = x.add(linear(hidden, prefix + "mlp.down_proj"));
    }
    x = norm(x, "model.norm.weight");
    String head =
        leaves.containsKey("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight";
    return x.matmul(leaf(head).t());
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

  private org.bytedeco.pytorch.Tensor norm(org.bytedeco.pytorch.Tensor x, String name) {
    var mean = x.square().mean(new long[] {-1}, true, new ScalarTypeOptional());
    return x.mul(mean.add(new Scalar(shape.epsilon())).rsqrt()).mul(leaf(name));
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
