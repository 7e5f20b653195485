package org.longpo.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.checkpoint.SafetensorsWriter;
import org.longpo.engine.LeasedTensor;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;

/**
 * The checkpoints of a run: folders {@code checkpoint-STEP} that appear whole or not at all.
 *
 * <p>Each holds weights and optimizer state as safetensors and a {@code state.json} with their
 * hashes, which are compared before anything is loaded. The newest and the last two that were due
 * by the settings are kept (if the newest is damaged, the run continues from the one before), and
 * so are those that the newest state still needs.
 *
 * @param <S> what the run has to know besides tensors
 */
public final class StateStore<S extends StateStore.State> {
  private static final String PREFIX = "checkpoint-";
  private static final String STATE = "state.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final int KEPT = 2;

  private final Path folder;
  private final String run;
  private final Class<S> type;
  private final IntPredicate due;

  /** What a run knows besides tensors; a record that JSON can hold. */
  public interface State {
    /** Steps done. */
    int step();

    /** The steps of earlier checkpoints that the run still needs. */
    default List<Integer> neededSteps() {
      return List.of();
    }
  }

  /**
   * What {@code state.json} holds.
   *
   * @param run hash of all that decides the run: only the same run continues
   * @param sha256 hashes of the checkpoint's other files, by name
   */
  record Header(String run, Map<String, String> sha256, JsonNode state) {}

  /**
   * @param run hash of all that decides the run
   * @param due steps after which the settings ask for a checkpoint: one of another step, made when
   *     the run was stopped, must not decide which are kept in the end
   */
  public StateStore(Path folder, String run, Class<S> type, IntPredicate due) {
    this.folder = folder;
    this.run = run;
    this.type = type;
    this.due = due;
  }

  /** Writes a checkpoint and then, not before, removes those that are not to be kept. */
  public void save(
      S state, Map<String, LeasedTensor> weights, Map<String, LeasedTensor> optimizer) {
    Path target = path(state.step());
    AtomicFile.deleteRecursively(target);
    AtomicFile.writeFolder(
        target,
        temporary -> {
          SafetensorsWriter.write(temporary.resolve(WEIGHTS), outputs(weights));
          SafetensorsWriter.write(temporary.resolve(OPTIMIZER), outputs(optimizer));
          Map<String, String> hashes = new LinkedHashMap<>();
          for (String name : List.of(WEIGHTS, OPTIMIZER)) {
            hashes.put(name, Sha256.of(temporary.resolve(name)));
          }
          JsonNode tree = Json.mapper().valueToTree(state);
          Files.writeString(temporary.resolve(STATE), Json.pretty(new Header(run, hashes, tree)));
        });
    removeOthers(state);
  }

  /**
   * The newest checkpoint that is whole; newer ones that are not are removed, and so is what a
   * killed {@link #save} left: half a checkpoint, or one that is not to be kept.
   *
   * @throws UserError if a whole checkpoint belongs to another run, or one is of another version;
   *     that one is not removed
   */
  public Optional<S> newest() {
    for (Path candidate : folders()) {
      Optional<Header> header = verified(candidate);
      if (header.isPresent()) {
        S state = state(candidate, header.get());
        removeOthers(state);
        entries(PREFIX + "\\d+\\.tmp").forEach(AtomicFile::deleteRecursively);
        return Optional.of(state);
      }
      AtomicFile.deleteRecursively(candidate);
    }
    return Optional.empty();
  }

  private S state(Path checkpoint, Header header) {
    if (!header.run().equals(run)) {
      throw new UserError(
          folder
              + " holds checkpoints of a run with other settings, data or model; give this run"
              + " another folder, or repeat it with what it was started with.");
    }
    return read(header.state(), type, checkpoint);
  }

  private void removeOthers(S newest) {
    Set<Path> kept = new HashSet<>();
    kept.add(path(newest.step()));
    newest.neededSteps().forEach(step -> kept.add(path(step)));
    folders().stream().filter(folder -> due.test(step(folder))).limit(KEPT).forEach(kept::add);
    folders().stream()
        .filter(folder -> !kept.contains(folder))
        .forEach(AtomicFile::deleteRecursively);
  }

  private Path path(int step) {
    return folder.resolve(PREFIX + step);
  }

  /** The newest checkpoint of a step or of an earlier one, by its name alone: it is not opened. */
  Optional<Path> newestUpTo(int step) {
    return folders().stream().filter(folder -> step(folder) <= step).findFirst();
  }

  /** Copies a verified checkpoint's tensors into those of the run. */
  public void restore(
      S state, Map<String, LeasedTensor> weights, Map<String, LeasedTensor> optimizer) {
    Path source = path(state.step());
    restore(source.resolve(WEIGHTS), weights);
    restore(source.resolve(OPTIMIZER), optimizer);
  }

  /**
   * Copies the weights of the checkpoint of a step into those of the run.
   *
   * @param option that asks for these weights
   * @throws UserError if it is damaged
   */
  void restoreWeights(int step, String option, Map<String, LeasedTensor> weights) {
    Path source = path(step);
    if (verified(source).isEmpty()) {
      throw new UserError(
          "The checkpoint whose weights %s asks for, %s, is damaged or missing; train again in another folder, or without %s."
              .formatted(option, source, option));
    }
    restore(source.resolve(WEIGHTS), weights);
  }

  private static void restore(Path file, Map<String, LeasedTensor> tensors) {
    try (SafetensorsFile stored = SafetensorsFile.open(file)) {
      if (!stored.tensors().keySet().equals(tensors.keySet())) {
        throw new IllegalStateException(file + " holds other tensors than this run has");
      }
      stored
          .tensors()
          .forEach(
              (name, entry) ->
                  required(tensors, name).use(tensor -> TensorBytes.restore(entry, tensor)));
    }
  }

  private static LeasedTensor required(Map<String, LeasedTensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /**
   * The header of a folder whose files are all there and unharmed.
   *
   * @throws UserError if it is of another version
   */
  private static Optional<Header> verified(Path candidate) {
    Optional<Header> header =
        json(candidate.resolve(STATE)).map(json -> read(json, Header.class, candidate));
    for (String name : List.of(WEIGHTS, OPTIMIZER)) {
      Path file = candidate.resolve(name);
      if (header.isEmpty()
          || !Files.isRegularFile(file)
          || !Sha256.of(file).equals(header.get().sha256().get(name))) {
        return Optional.empty();
      }
    }
    return header;
  }

  /** The object in a file; empty if the file is missing or damaged. */
  private static Optional<JsonNode> json(Path file) {
    try {
      return Optional.of(Json.read(file, JsonNode.class)).filter(JsonNode::isObject);
    } catch (UserError damaged) {
      return Optional.empty();
    }
  }

  /** A damaged file is no JSON; JSON with other keys was written so. */
  private static <T> T read(JsonNode json, Class<T> type, Path checkpoint) {
    try {
      return Json.parse(Json.line(json), type, checkpoint.resolve(STATE).toString());
    } catch (UserError otherKeys) {
      throw new UserError(
          "The checkpoint %s is of another version of longpo (%s); continue with that version, or give another folder."
              .formatted(checkpoint, otherKeys.getMessage()),
          otherKeys);
    }
  }

  /** Newest first; what was being written when the program was killed has another name. */
  private List<Path> folders() {
    return entries(PREFIX + "\\d+").stream()
        .sorted(Comparator.comparingInt((Path checkpoint) -> step(checkpoint)).reversed())
        .toList();
  }

  private List<Path> entries(String pattern) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> entry.getFileName().toString().matches(pattern)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int step(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring(PREFIX.length()));
  }

  private static List<OutputTensor> outputs(Map<String, LeasedTensor> tensors) {
    return tensors.entrySet().stream()
        .map(entry -> TensorBytes.output(entry.getKey(), entry.getValue()))
        .toList();
  }
}
