package org.longpo.engine.attention;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import org.longpo.engine.attention.KernelChoice.Kernel;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.FlashAttention;
import org.longpo.tensor.Libtorch;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which attention kernels are fastest with this library and this processor: libtorch's
 * flash kernels differ by a factor of fifty between builds, processors and element types.
 *
 * <p>The outcome is kept in a cache file, because a resumed run must use the kernels that it was
 * begun with to end with the same bytes.
 */
public final class KernelProbe {
  private static final Logger LOG = LoggerFactory.getLogger(KernelProbe.class);
  private static final int TOKENS = 1024;
  private static final int HEADS = 4;
  private static final int KEY_VALUE_HEADS = 2;
  private static final int RUNS = 3;
  private static final int PRODUCT_SIZE = 1024;
  private static final double CLEARLY_FASTER = 1.3;

  private final Path cacheFile;

  public KernelProbe(Path cacheFile) {
    this.cacheFile = cacheFile;
  }

  /** The cache in the user's cache folder. */
  public static KernelProbe ofUser() {
    String base = System.getenv("XDG_CACHE_HOME");
    Path cache =
        base == null || base.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(base);
    return new KernelProbe(cache.resolve("longpo").resolve("attention-kernels.json"));
  }

  /**
   * The content of the cache file: the kernels by situation, and whether bfloat16 products are
   * fast.
   */
  record Cache(TreeMap<String, KernelChoice> choices, TreeMap<String, Boolean> fastBfloat16) {}

  /**
   * The fastest kernels for heads of this dimension. On CUDA that is flash attention where it
   * supports the type, without a measurement; in float64 the blocked kernel, which runs everywhere.
   */
  public KernelChoice choose(DType dtype, Device device, int headDim) {
    if (dtype == DType.FLOAT64 || !FlashAttention.supports(dtype, device, headDim)) {
      return KernelChoice.blocked();
    }
    if (device.isCuda()) {
      return KernelChoice.flash();
    }
    Cache cache = read();
    String situation = "%s, %s, head dimension %s".formatted(machine(), dtype, headDim);
    KernelChoice choice = cache.choices().get(situation);
    if (choice == null) {
      choice = measure(dtype, headDim);
      cache.choices().put(situation, choice);
      write(cache);
      LOG.info("Attention kernels found by self-test: {} ({})", choice, situation);
    } else {
      LOG.debug("Attention kernels: {} ({})", choice, situation);
    }
    return choice;
  }

  /** Whether the processor multiplies bfloat16 matrices clearly faster than float32 ones. */
  public boolean hasFastBfloat16() {
    Cache cache = read();
    Boolean fast = cache.fastBfloat16().get(machine());
    if (fast == null) {
      fast = productSeconds(DType.BFLOAT16) * CLEARLY_FASTER < productSeconds(DType.FLOAT32);
      cache.fastBfloat16().put(machine(), fast);
      write(cache);
      LOG.info("Products in bfloat16 are {} here ({})", fast ? "fast" : "slow", machine());
    }
    return fast;
  }

  private static String machine() {
    return "libtorch %s, %s threads, %s"
        .formatted(
            Libtorch.version(),
            Libtorch.threads(),
            System.getProperty("org.bytedeco.openblas.load", "openblas"));
  }

  private static double productSeconds(DType dtype) {
    try (Scope ignored = Scope.open()) {
      Tensor factor = Tensor.full(0.5, dtype, Device.CPU, PRODUCT_SIZE, PRODUCT_SIZE);
      return shortestSeconds(() -> factor.matmul(factor));
    }
  }

  private Cache read() {
    if (Files.exists(cacheFile)) {
      try {
        return Json.read(cacheFile, Cache.class);
      } catch (UserError e) {
        LOG.warn("Ignoring {}, which is unreadable: {}", cacheFile, e.getMessage());
      }
    }
    return new Cache(new TreeMap<>(), new TreeMap<>());
  }

  private void write(Cache cache) {
    try {
      AtomicFile.writeText(cacheFile, Json.pretty(cache));
    } catch (UncheckedIOException e) {
      LOG.warn(
          "{} cannot be written, so the self-test runs again at every start and a resumed run may"
              + " differ in rounding: {}",
          cacheFile,
          e.getMessage());
    }
  }

  private static KernelChoice measure(DType dtype, int headDim) {
    try (Scope ignored = Scope.open()) {
      Random random = new Random(1);
      Tensor q = random(random, dtype, HEADS, headDim);
      Tensor k = random(random, dtype, KEY_VALUE_HEADS, headDim);
      Tensor v = random(random, dtype, KEY_VALUE_HEADS, headDim);
      double scale = 1 / Math.sqrt(headDim);
      AttentionKernel.Output output =
          Kernel.BLOCKED.instance().forward(q, k, v, AttentionPart.CAUSAL, scale);
      AttentionKernel.Saved saved =
          new AttentionKernel.Saved(output.out(), output.out(), output.logSumExp());
      AttentionKernel.Gradients sums =
          new AttentionKernel.Gradients(sum(dtype, q), sum(dtype, k), sum(dtype, v));
      Kernel forward =
          fastest(kernel -> kernel.instance().forward(q, k, v, AttentionPart.CAUSAL, scale));
      Kernel backward =
          fastest(
              kernel ->
                  kernel.instance().backward(saved, q, k, v, AttentionPart.CAUSAL, scale, sums));
      return new KernelChoice(forward, backward);
    }
  }

  private interface Work {
    void with(Kernel kernel);
  }

  private static Kernel fastest(Work work) {
    Kernel best = Kernel.BLOCKED;
    double bestSeconds = Double.POSITIVE_INFINITY;
    for (Kernel kernel : Kernel.values()) {
      double seconds = shortestSeconds(() -> work.with(kernel));
      if (seconds < bestSeconds) {
        best = kernel;
        bestSeconds = seconds;
      }
    }
    return best;
  }

  private static double shortestSeconds(Runnable work) {
    double shortest = Double.POSITIVE_INFINITY;
    for (int run = 0; run <= RUNS; run++) {
      long start = System.nanoTime();
      try (Scope ignored = Scope.open()) {
        work.run();
      }
      // The first run warms up.
      if (run > 0) {
        shortest = Math.min(shortest, (System.nanoTime() - start) / 1e9);
      }
    }
    return shortest;
  }

  private static Tensor random(Random random, DType dtype, int heads, int headDim) {
    double[] values = random.doubles((long) TOKENS * heads * headDim, -1, 1).toArray();
    return Tensor.of(values, Device.CPU, TOKENS, heads, headDim).to(dtype);
  }

  private static Tensor sum(DType dtype, Tensor like) {
    return Tensor.zeros(dtype.accumulation(), Device.CPU, like.shape());
  }
}
