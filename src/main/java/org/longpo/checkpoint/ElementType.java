package org.longpo.checkpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The element types of safetensors files that this project reads, by their names there. */
public enum ElementType {
  F64(8, "float64"),
  F32(4, "float32"),
  F16(2, "float16"),
  BF16(2, "bfloat16"),
  I64(8, "int64"),
  I32(4, "int32"),
  I16(2, "int16"),
  I8(1, "int8"),
  U8(1, "uint8"),
  BOOL(1, "bool");

  private final int bytes;
  private final String configName;

  ElementType(int bytes, String configName) {
    this.bytes = bytes;
    this.configName = configName;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The name in config.json, such as {@code bfloat16}. */
  public String configName() {
    return configName;
  }

  /** Whether weights may have this type. */
  public boolean isFloatingPoint() {
    return switch (this) {
      case F64, F32, F16, BF16 -> true;
      case I64, I32, I16, I8, U8, BOOL -> false;
    };
  }

  /** The type with this name in a safetensors header, such as {@code BF16}. */
  public static Optional<ElementType> ofSafetensorsName(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The type with this name in config.json, with or without torch's prefix. */
  public static Optional<ElementType> ofConfigName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("^torch\\.", "");
    return Arrays.stream(values()).filter(type -> type.configName.equals(plain)).findFirst();
  }
}
