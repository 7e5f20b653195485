package org.longpo.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.longpo.settings.ValueType;

/** The name of a device; whether the machine has it is another question. */
public final class DeviceName implements ValueType.Factory {
  private static final Pattern NAME = Pattern.compile("cpu|cuda(:\\d{1,2})?");

  @Override
  public ValueType<?> create() {
    return new ValueType<String>(
        "DEVICE",
        "cpu, cuda, or cuda:1 for the second CUDA device",
        List.of("cpu", "cuda"),
        ValueType.Shape.SCALAR,
        words ->
            words.size() == 1
                ? Optional.of(words.getFirst().toLowerCase(Locale.ROOT))
                    .filter(name -> NAME.matcher(name).matches())
                : Optional.empty(),
        name -> name);
  }
}
