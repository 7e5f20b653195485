package org.longpo.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** Element types that tensors here have. */
public enum DType {
  FLOAT64(8, ScalarType.Double),
  FLOAT32(4, ScalarType.Float),
  FLOAT16(2, ScalarType.Half),
  BFLOAT16(2, ScalarType.BFloat16),
  INT64(8, ScalarType.Long),
  BOOL(1, ScalarType.Bool);

  private final int bytes;
  private final ScalarType raw;

  DType(int bytes, ScalarType raw) {
    this.bytes = bytes;
    this.raw = raw;
  }

  public int bytes() {
    return bytes;
  }

  public boolean isFloatingPoint() {
    return this != INT64 && this != BOOL;
  }

  /** The type in which sums over this type are kept: float64 for itself, else float32. */
  public DType accumulation() {
    return this == FLOAT64 ? FLOAT64 : FLOAT32;
  }

  ScalarType raw() {
    return raw;
  }

  static DType of(ScalarType raw) {
    for (DType type : values()) {
      if (type.raw == raw) {
        return type;
      }
    }
    throw new IllegalArgumentException("tensors here never have the element type " + raw);
  }
}
