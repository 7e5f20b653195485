package org.longpo.engine;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.longpo.files.Sha256;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * What LoRA adds to a projection: {@code scale * (x A^T) B^T}.
 *
 * <p>Legend: t tokens, r rank. A: [r, in], B: [out, r], x: [t, in].
 */
public record LowRankAdapter(Parameter a, Parameter b, double scale) {
  private static final String WEIGHT = ".weight";

  /**
   * A new adapter, in the scope open now: A is Kaiming-uniform with PEFT's slope of sqrt(5), that
   * is uniform within 1 / sqrt(in), and a function of seed and name alone; B is 0, so that the
   * model is unchanged at first.
   *
   * @param module name of the projection
   * @param weight its weight, [out, in]
   */
  static LowRankAdapter create(String module, Parameter weight, LoraSettings settings, long seed) {
    long outputs = weight.value().size(0);
    long inputs = weight.value().size(1);
    String purpose = "lora " + seed + " " + module;
    String digest = Sha256.of(purpose.getBytes(StandardCharsets.UTF_8));
    Random random = new Random(Long.parseUnsignedLong(digest.substring(0, 16), 16));
    double bound = 1 / Math.sqrt((double) inputs);
    float[] values = new float[Math.toIntExact(settings.rank() * inputs)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    try (Scope scope = Scope.open()) {
      var device = weight.value().device();
      var dtype = weight.value().dtype();
      Tensor a = Tensor.of(values, device, settings.rank(), inputs).to(dtype);
      Tensor b = Tensor.zeros(dtype, device, outputs, settings.rank());
      return new LowRankAdapter(
          new Parameter(nameOfA(module), scope.keep(a)),
          new Parameter(nameOfB(module), scope.keep(b)),
          settings.scale());
    }
  }

  /** [t, in] -> [t, out]. */
  Tensor forward(Tensor x) {
    return reduced(x).matmul(b.value().transpose(0, 1)).mulInPlace(scale);
  }

  /** Adds the gradients of A and B and returns that of x; yGradient: [t, out]. */
  Tensor backward(Tensor x, Tensor yGradient) {
    Tensor scaled = yGradient.mul(scale);
    b.accumulateProduct(scaled, reduced(x));
    Tensor reducedGradient = scaled.matmul(b.value());
    a.accumulateProduct(reducedGradient, x);
    return reducedGradient.matmul(a.value());
  }

  /** {@code x A^T}: [t, r]. */
  private Tensor reduced(Tensor x) {
    return x.matmul(a.value().transpose(0, 1));
  }

  /**
   * {@code W + scale * B A}, computed in the type {@code exact}: what a projection with an adapter
   * multiplies with.
   */
  public static Tensor merged(Tensor weight, Tensor a, Tensor b, double scale, DType exact) {
    Tensor product = b.to(exact).matmul(a.to(exact));
    return weight.to(exact).add(product.mulInPlace(scale));
  }

  /** The projection that a weight belongs to. */
  public static String module(String weight) {
    return weight.endsWith(WEIGHT)
        ? weight.substring(0, weight.length() - WEIGHT.length())
        : weight;
  }

  /** PEFT's name of A within the model. */
  public static String nameOfA(String module) {
    return module + ".lora_A" + WEIGHT;
  }

  /** Whether a weight belongs to an adapter. */
  static boolean isPart(String name) {
    return isB(name) || name.endsWith(".lora_A" + WEIGHT);
  }

  /** Whether a weight is the B of an adapter. */
  public static boolean isB(String name) {
    return name.endsWith(".lora_B" + WEIGHT);
  }

  /** PEFT's name of B within the model. */
  public static String nameOfB(String module) {
    return module + ".lora_B" + WEIGHT;
  }
}
