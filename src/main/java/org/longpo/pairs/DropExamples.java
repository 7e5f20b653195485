package org.longpo.pairs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;

/**
 * The first pair that each reason dropped; in JSON an object with the reasons as keys.
 *
 * @param byReason in the order of {@link DropReason}; only reasons that occurred
 */
public record DropExamples(@JsonValue Map<DropReason, DropExample> byReason) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DropExamples {
    Map<DropReason, DropExample> sorted = new EnumMap<>(DropReason.class);
    sorted.putAll(byReason);
    byReason = Collections.unmodifiableMap(sorted);
  }

  public static DropExamples none() {
    return new DropExamples(Map.of());
  }

  /** With those of later pairs, where a reason has none yet. */
  public DropExamples plus(DropExamples later) {
    Map<DropReason, DropExample> all = new EnumMap<>(DropReason.class);
    all.putAll(later.byReason);
    all.putAll(byReason);
    return new DropExamples(all);
  }

  public Optional<DropExample> of(DropReason reason) {
    return Optional.ofNullable(byReason.get(reason));
  }

  public void write(Path file) {
    AtomicFile.writeText(file, Json.pretty(this));
  }

  /** The examples of a file; none if there is no such file. */
  public static DropExamples read(Path file) {
    return Files.exists(file) ? Json.read(file, DropExamples.class) : none();
  }
}
