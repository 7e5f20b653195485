package org.longpo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.documents.DocumentFormats;
import org.longpo.documents.DocumentIdentity;
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
      SECTION.add(Key.required("documents", KeyTypes.PATHS, DocumentFormats.HELP));

  static final Key<Path> PAIRS =
      SECTION.add(
          Key.required(
              "pairs",
              KeyTypes.FOLDER,
              "The folder that generate wrote, made with this very model."));

  static final Key<List<ObjectiveName>> OBJECTIVES =
      SECTION.add(
          Key.of(
              "objectives",
              KeyTypes.list(KeyType.Shape.COMMAS, KeyTypes.choice(ObjectiveName.class)),
              List.of(ObjectiveName.values()),
              "compare: what is trained, with commas."));

  static final Key<Boolean> OTHER_MODEL =
      SECTION.add(
          Key.of(
              "other_model",
              KeyTypes.SWITCH,
              false,
              "reference: let another model than the generator be the reference; the manifest"
                  + " tells which."));

  static final Key<Integer> LENGTH =
      SECTION.add(Key.required("length", KeyTypes.COUNT, "Tokens of a piece at most."));

  static final Key<List<Integer>> LENGTHS =
      SECTION.add(
          Key.required(
              "lengths",
              KeyTypes.list(KeyType.Shape.COMMAS, KeyTypes.COUNT),
              "Lengths of documents in tokens, with commas: one round each, growing."));

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
              "RoPE theta of the model; where there is a reference as well (generate, train,"
                  + " evolve), of the policy alone, and written into the trained checkpoint. The"
                  + " paper has 1e7."));

  static final Key<String> ROPE_SCALING =
      SECTION.add(
          Key.derived(
              "rope_scaling",
              new KeyType<>(
                  "SCALING",
                  "pairs such as rope_type=yarn,factor=4, or a JSON object",
                  List.of(),
                  KeyType.Shape.OBJECT,
                  words -> words.size() == 1 ? Optional.of(words.getFirst()) : Optional.empty(),
                  text -> text),
              "as for --rope-theta",
              "RoPE scaling of the same model: pairs with the names of config.json, such as"
                  + " rope_type=yarn,factor=4, or a JSON object. Types: default (none), linear,"
                  + " dynamic, yarn, llama3, longrope."));

  /** Those two, for commands that have no others of a run. */
  static final Section ROPE = Section.of("RoPE", List.of(ROPE_THETA, ROPE_SCALING));

  private static final int NAMED_DUPLICATES = 3;

  private RunKeys() {}

  static Section section(Key<?>... keys) {
    return Section.of("Run", List.of(keys));
  }

  /**
   * The documents that were given, with a warning for those that are there twice.
   *
   * @throws org.longpo.error.UserError also if the run would be written among them: texts of its
   *     own would be documents when it goes on
   */
  static DocumentSource source(Settings settings, Console console) {
    OutputFile out = new OutputFile(OUT.flag(), settings.get(OUT));
    settings.get(DOCUMENTS).forEach(path -> out.requireOutside(path, DOCUMENTS.flag()));
    DocumentSource source = DocumentSource.of(settings.get(DOCUMENTS));
    List<DocumentIdentity> duplicates = source.duplicates();
    duplicates.stream()
        .limit(NAMED_DUPLICATES)
        .forEach(
            document ->
                console.warn(document.place() + " has the text of an earlier document; left out."));
    if (duplicates.size() > NAMED_DUPLICATES) {
      console.warn(
          String.format(
              Locale.ROOT,
              "%,d more documents have the text of an earlier one; left out.",
              duplicates.size() - NAMED_DUPLICATES));
    }
    return source;
  }

  /** The documents' paths, for records. */
  static List<String> documents(Settings settings) {
    return settings.get(DOCUMENTS).stream().map(Path::toString).toList();
  }

  static RopeOverride rope(Settings settings) {
    return RopeOverride.ofOptions(
        settings.find(ROPE_THETA).orElse(null), settings.find(ROPE_SCALING).orElse(null));
  }
}
