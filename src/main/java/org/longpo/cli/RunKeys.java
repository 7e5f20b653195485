package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.longpo.documents.DocumentSource;
import org.longpo.settings.Key;
import org.longpo.settings.KeyType;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;

/** What a run reads, where it goes, and what all its stages share; every command has some. */
final class RunKeys {
  /** All of them; commands make sections of their own from those they have. */
  static final Section SECTION = new Section("Run");

  static final Key<List<Path>> DOCUMENTS =
      SECTION.add(
          Key.required(
              "documents",
              KeyTypes.PATHS,
              "Text files, or folders with *.txt and *.md in them; UTF-8."));

  static final Key<Path> PAIRS =
      SECTION.add(
          Key.required(
              "pairs",
              KeyTypes.FOLDER,
              "The folder that generate wrote, made with this very model."));

  static final Key<Integer> LENGTH =
      SECTION.add(Key.required("length", KeyTypes.COUNT, "Tokens of a piece at most."));

  static final Key<List<Integer>> LENGTHS =
      SECTION.add(
          Key.required(
              "lengths",
              KeyTypes.list(KeyType.Shape.COMMAS, KeyTypes.COUNT),
              "Lengths in tokens, with commas. evolve: of documents, one round each, growing;"
                  + " evaluate: of contexts."));

  static final Key<Path> OUT =
      SECTION.add(
          Key.required(
              "out",
              KeyTypes.FOLDER.labelled("RUN"),
              "The run's folder: new, empty, or one of the same run, which goes on."));

  static final Key<Long> SEED =
      SECTION.add(
          Key.of("seed", KeyTypes.SEED.labelled("S"), 42L, "All randomness comes from it."));

  static final Key<Double> ROPE_THETA =
      SECTION.add(
          Key.derived(
              "rope_theta",
              KeyTypes.number("a number above 1", theta -> theta > 1).labelled("THETA"),
              "unchanged; train: that of the pairs' rejected answers",
              "RoPE theta of the model where it reads long inputs; written into the trained"
                  + " checkpoint. The reference keeps its own. The paper has 1e7."));

  private RunKeys() {}

  static Section section(Key<?>... keys) {
    return Section.of("Run", List.of(keys));
  }

  /** The documents that were given, with a warning for those that are there twice. */
  static DocumentSource source(Settings settings, Console console) {
    DocumentSource source = DocumentSource.of(settings.get(DOCUMENTS));
    source
        .duplicates()
        .forEach(path -> console.warn(path + " has the bytes of an earlier document; left out."));
    return source;
  }

  /** The documents' paths, for records. */
  static List<String> documents(Settings settings) {
    return settings.get(DOCUMENTS).stream().map(Path::toString).toList();
  }

  static Optional<Double> ropeTheta(Settings settings) {
    return settings.find(ROPE_THETA);
  }
}
