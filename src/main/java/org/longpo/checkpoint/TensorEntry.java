package org.longpo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One tensor of a safetensors file.
 *
 * @param name its name, such as {@code model.layers.0.self_attn.q_proj.weight}
 * @param type the type of its elements
 * @param dimensions its shape, outermost dimension first; empty for a scalar
 * @param data its elements, row-major and little-endian, mapped from the file and read-only. The
 *     format does not promise an address aligned to the element size. Valid until the file is
 *     closed
 */
public record TensorEntry(
    String name, ElementType type, List<Long> dimensions, MemorySegment data) {
  public TensorEntry {
    dimensions = List.copyOf(dimensions);
  }

  /** The shape as a fresh array. */
  public long[] shape() {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }
}
