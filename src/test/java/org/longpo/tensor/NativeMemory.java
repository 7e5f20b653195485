package org.longpo.tensor;

import org.bytedeco.javacpp.Pointer;

/** What is alive outside of the Java heap. */
public final class NativeMemory {
  private NativeMemory() {}

  /** Native objects that scopes have not freed yet. */
  public static long livePointers() {
    return Pointer.totalCount();
  }
}
