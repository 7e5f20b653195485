package org.longpo.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/**
 * All that a stage's results depend on, by content: only a stage with the same identity may
 * continue with what another process began, or use what it finished.
 *
 * <p>It is the first line of a {@link ResumableLog}; a stage that stores its work in another form
 * writes it to the file {@link #FILE} beside it.
 *
 * @param format version of this shape
 * @param stage the stage's name
 * @param content hashes of inputs by name, such as that of the model's weights
 * @param files inputs of many files: by the name of each input the files' hashes, in their order
 * @param settings values by name, nested ones too
 */
public record StageIdentity(
    int format,
    String stage,
    Map<String, String> content,
    Map<String, Map<String, String>> files,
    Map<String, JsonNode> settings) {
  /** The file in the folder of a stage that has no log, or has finished with it. */
  public static final String FILE = "identity.json";

  private static final int FORMAT = 1;

  public StageIdentity {
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** A stage that depends on nothing yet. */
  public static StageIdentity of(String stage) {
    return new StageIdentity(FORMAT, stage, Map.of(), Map.of(), Map.of());
  }

  /** The same inputs for another stage. */
  public StageIdentity forStage(String other) {
    return new StageIdentity(format, other, content, files, settings);
  }

  /** The same, with only those inputs and settings whose names the other has, too. */
  public StageIdentity restrictedTo(StageIdentity other) {
    return new StageIdentity(
        format,
        stage,
        common(content, other.content),
        common(files, other.files),
        common(settings, other.settings));
  }

  /**
   * @param name of an input, as a message names it: "model weights or config.json"
   */
  public StageIdentity withContent(String name, String sha256) {
    return new StageIdentity(format, stage, plus(content, name, sha256), files, settings);
  }

  /**
   * @param name of the input as a whole, such as "documents"
   * @param hashes of the files by their names, in an order that matters
   */
  public StageIdentity withFiles(String name, Map<String, String> hashes) {
    Map<String, String> copy = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
    return new StageIdentity(format, stage, content, plus(files, name, copy), settings);
  }

  /**
   * @param value any value or record that {@link Json} writes
   */
  public StageIdentity withSetting(String name, Object value) {
    JsonNode tree = Json.mapper().valueToTree(value);
    return new StageIdentity(format, stage, content, files, plus(settings, name, tree));
  }

  /** A hash of all of it. */
  public String sha256() {
    return Sha256.of(Json.line(this).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The differences of another run from this one, a phrase for each: "documents: 2 added (a.txt,
   * b.txt)".
   */
  public List<String> differencesTo(StageIdentity now) {
    List<String> differences = new ArrayList<>();
    if (!stage.equals(now.stage)) {
      differences.add("the stage " + stage + " (now " + now.stage + ")");
    }
    for (String name : names(content, now.content)) {
      Optional<String> before = Optional.ofNullable(content.get(name));
      Optional<String> after = Optional.ofNullable(now.content.get(name));
      if (!before.equals(after)) {
        differences.add(
            "other %s (SHA-256 %s, now %s)".formatted(name, shortened(before), shortened(after)));
      }
    }
    for (String name : names(files, now.files)) {
      FileDifferences.between(
              files.getOrDefault(name, Map.of()), now.files.getOrDefault(name, Map.of()))
          .ifPresent(phrase -> differences.add(name + ": " + phrase));
    }
    differences.addAll(SettingDifferences.between(leaves(), now.leaves()));
    return differences;
  }

  /**
   * Refuses to continue what was begun with other inputs.
   *
   * @param begun what {@code where} was begun with
   * @throws UserError that names every difference
   */
  public void requireSameAs(StageIdentity begun, Path where) {
    List<String> differences = begun.differencesTo(this);
    if (!differences.isEmpty()) {
      throw new UserError(
          "%s was begun with other inputs and cannot continue with these: %s; use the inputs that it was begun with, or give another folder."
              .formatted(where, String.join("; ", differences)));
    }
  }

  /**
   * Makes a folder's work that of this identity, or makes sure that it is already.
   *
   * @throws UserError that names every difference; then nothing is written
   */
  public void claim(Path folder) {
    if (Files.exists(folder.resolve(FILE))) {
      verify(folder);
    } else {
      write(folder);
    }
  }

  /** Writes it to a folder. */
  public void write(Path folder) {
    AtomicFile.writeText(folder.resolve(FILE), Json.pretty(this));
  }

  /**
   * Makes sure that a folder's finished work is of this identity.
   *
   * @throws UserError that names every difference, or if the folder does not state
   */
  public void verify(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new UserError(
          "%s does not state what its results were made from (it has no %s): give another folder."
              .formatted(folder, FILE));
    }
    requireSameAs(Json.read(file, StageIdentity.class), file);
  }

  private Map<String, String> leaves() {
    return SettingDifferences.leaves(Json.mapper().valueToTree(new TreeMap<>(settings)));
  }

  private static String shortened(Optional<String> sha256) {
    return sha256.map(hash -> hash.substring(0, Math.min(8, hash.length()))).orElse("none");
  }

  private static TreeSet<String> names(Map<String, ?> before, Map<String, ?> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    return names;
  }

  private static <V> Map<String, V> common(Map<String, V> all, Map<String, V> others) {
    Map<String, V> common = new LinkedHashMap<>(all);
    common.keySet().retainAll(others.keySet());
    return common;
  }

  private static <V> Map<String, V> plus(Map<String, V> all, String name, V value) {
    Map<String, V> more = new LinkedHashMap<>(all);
    more.put(name, value);
    return more;
  }
}
