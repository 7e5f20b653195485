package org.longpo.settings;

import java.util.List;
import java.util.Optional;
import org.longpo.files.FileNames;

/** A file's name as text, for records that are written as JSON; checked as a path is. */
public final class FileName implements ValueType.Factory {
  @Override
  public ValueType<?> create() {
    return new ValueType<>(
        "FILE",
        "a file",
        List.of(),
        ValueType.Shape.SCALAR,
        words ->
            words.size() == 1 && !words.getFirst().isBlank()
                ? Optional.of(FileNames.path(words.getFirst()).toString())
                : Optional.empty(),
        text -> text);
  }
}
