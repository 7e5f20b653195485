package org.longpo.engine.attention;

/** Which kernel runs forward and which backward: the faster one may differ. */
public record KernelChoice(Kernel forward, Kernel backward) {
  /** The kernels there are. */
  public enum Kernel {
    /** libtorch's fused kernel. */
    FLASH(new FlashKernel()),
    /** Blocks of matrix products. */
    BLOCKED(new BlockedKernel());

    private final AttentionKernel instance;

    Kernel(AttentionKernel instance) {
      this.instance = instance;
    }

    AttentionKernel instance() {
      return instance;
    }
  }

  public static KernelChoice flash() {
    return new KernelChoice(Kernel.FLASH, Kernel.FLASH);
  }

  public static KernelChoice blocked() {
    return new KernelChoice(Kernel.BLOCKED, Kernel.BLOCKED);
  }

  @Override
  public String toString() {
    return "forward " + forward + ", backward " + backward;
  }
}
