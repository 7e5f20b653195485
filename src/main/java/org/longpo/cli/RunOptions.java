package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.documents.DocumentSource;
import picocli.CommandLine.Option;

/** Where a run's documents come from and where it goes. */
final class RunOptions {
  @Option(
      names = "--documents",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Text files, or folders with *.txt and *.md in them; UTF-8.")
  private List<Path> documents = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN",
      description = "The run's folder: new, empty, or one of the same run, which goes on.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "All randomness comes from it. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--rope-theta",
      paramLabel = "THETA",
      description =
          "RoPE theta of the model where it reads long inputs; written into the trained"
              + " checkpoint. The reference keeps its own. The paper has 1e7. Default: unchanged.")
  private @Nullable Double ropeTheta;

  DocumentSource source(Console console) {
    DocumentSource source = DocumentSource.of(documents);
    source
        .duplicates()
        .forEach(path -> console.warn(path + " has the bytes of an earlier document; left out."));
    return source;
  }

  List<String> documents() {
    return documents.stream().map(Path::toString).toList();
  }

  Path out() {
    return out;
  }

  long seed() {
    return seed;
  }

  Optional<Double> ropeTheta() {
    return Optional.ofNullable(ropeTheta);
  }
}
