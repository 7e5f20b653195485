package org.longpo.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tensor to be written. Its bytes are requested when it is written, so only one tensor needs to
 * be in host memory at a time.
 *
 * @param name its name in the checkpoint
 * @param type the type of its elements
 * @param dimensions its shape, outermost dimension first
 * @param content gives its bytes, once per export
 */
public record OutputTensor(String name, ElementType type, List<Long> dimensions, Content content) {
  public OutputTensor {
    dimensions = List.copyOf(dimensions);
  }

  /** Passes on a tensor's bytes: row-major, little-endian, in one piece or several in order. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Sink sink) throws IOException;
  }

  /** Receives a tensor's bytes; a segment need not stay valid after the call. */
  @FunctionalInterface
  public interface Sink {
    void accept(MemorySegment bytes) throws IOException;
  }

  /** A tensor of another checkpoint, copied bit by bit. */
  public static OutputTensor copyOf(TensorEntry tensor) {
    return new OutputTensor(
        tensor.name(), tensor.type(), tensor.dimensions(), sink -> sink.accept(tensor.data()));
  }

  /** The same tensor under another name. */
  OutputTensor withName(String newName) {
    return new OutputTensor(newName, type, dimensions, content);
  }

  /**
   * Number of elements.
   *
   * @throws ArithmeticException beyond 64 bits
   */
  public long elements() {
    return dimensions.stream().reduce(1L, Math::multiplyExact);
  }

  /** Bytes of all elements. */
  public long bytes() {
    return Math.multiplyExact(elements(), type.bytes());
  }
}
