package org.longpo.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The threads of MKL, which multiplies matrices on x86-64 and which libtorch's own setting does not
 * reach here: these libtorch binaries know it by its BLAS interface alone.
 */
final class MklThreads {
  /** {@code int MKL_Set_Num_Threads_Local(int)}: of the calling thread. */
  private static final Optional<MethodHandle> SET_LOCAL =
      SymbolLookup.loaderLookup()
          .find("MKL_Set_Num_Threads_Local")
          .map(
              address ->
                  Linker.nativeLinker()
                      .downcallHandle(
                          address,
                          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));

  private MklThreads() {}

  /** Without effect where MKL is not loaded. */
  static void use(int threads) {
    SET_LOCAL.ifPresent(set -> call(set, threads));
  }

  private static void call(MethodHandle set, int threads) {
    try {
      int ignored = (int) set.invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException("MKL_Set_Num_Threads_Local failed", e);
    }
  }
}
