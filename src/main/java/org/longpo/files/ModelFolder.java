package org.longpo.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;
import tools.jackson.databind.JsonNode;

/**
 * A model folder from any source: only files that really are inside it are read.
 *
 * <p>A link may point into the folder itself or, in the layout of the Hugging Face cache ({@code
 * models--x/snapshots/revision/file -> ../../blobs/hash}), into the same repository's {@code
 * blobs/}. Links that lead anywhere else are refused.
 *
 * <p>A folder with an adapter ({@code adapter_config.json}) means the model that it makes of its
 * base: files that it lacks are read from the base's folder, under the same rules. A tokenizer
 * comes from one of the two, with all its files.
 */
public final class ModelFolder {
  /** The model's configuration. */
  public static final String CONFIG = "config.json";

  /** The configuration of an adapter, in PEFT's format. */
  public static final String ADAPTER_CONFIG = "adapter_config.json";

  /** The index of a million tensors is smaller; a larger file would fill the memory. */
  public static final long MAX_JSON_BYTES = 100_000_000;

  private final Path folder;
  private final Path realFolder;
  private final @Nullable Path blobs;
  private final @Nullable ModelFolder base;

  private ModelFolder(
      Path folder, Path realFolder, @Nullable Path blobs, @Nullable ModelFolder base) {
    this.folder = folder;
    this.realFolder = realFolder;
    this.blobs = blobs;
    this.base = base;
  }

  /**
   * Looks at a folder.
   *
   * @throws UserError if there is no such folder, or it is an adapter whose base is missing
   */
  public static ModelFolder of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError("There is no model folder " + folder + ".");
    }
    try {
      Path real = folder.toRealPath();
      ModelFolder own = new ModelFolder(folder, real, blobsOf(real), null);
      return AdapterBase.of(own)
          .map(path -> new ModelFolder(folder, real, own.blobs, AdapterBase.open(path, folder)))
          .orElse(own);
    } catch (IOException e) {
      throw new UserError("The model folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static @Nullable Path blobsOf(Path realFolder) throws IOException {
    Path snapshots = realFolder.getParent();
    if (snapshots == null || !snapshots.endsWith("snapshots")) {
      return null;
    }
    Path blobs = snapshots.resolveSibling("blobs");
    // A link named blobs would allow other folders.
    return Files.isDirectory(blobs, LinkOption.NOFOLLOW_LINKS) ? blobs.toRealPath() : null;
  }

  /** The folder as it was given. */
  public Path path() {
    return folder;
  }

  /** The folder of the model that the adapter in this folder changes; empty if it has none. */
  public Optional<ModelFolder> base() {
    return Optional.ofNullable(base);
  }

  /** The folder whose file of a name is used: this one or its base. */
  private ModelFolder owner(String name) {
    return base == null || hasOwn(name) || AdapterBase.keepsApart(this, name) ? this : base;
  }

  boolean hasOwn(String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * A folder inside this one, under the same rules.
   *
   * @throws UserError if it is missing or outside of this folder
   */
  public ModelFolder subfolder(String name) {
    ModelFolder owner = owner(name);
    if (owner != this) {
      return owner.subfolder(name);
    }
    Path inside = inside(name);
    if (!Files.isDirectory(inside)) {
      throw new UserError("The model folder " + folder + " has no folder " + name + ".");
    }
    try {
      if (!inside.toRealPath().startsWith(realFolder)) {
        throw new UserError(inside + " leads out of the model folder; copy it there.");
      }
    } catch (IOException e) {
      throw new UserError("The folder " + inside + " cannot be read: " + e.getMessage(), e);
    }
    return new ModelFolder(inside, realFolder, blobs, null);
  }

  /** The names of the files and links in it, sorted; folders are left out. */
  public List<String> names() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !Files.isDirectory(entry))
          .map(entry -> FileNames.text(entry.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserError("The folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether there is an entry of this name, be it a file or a link. */
  public boolean has(String name) {
    return owner(name).hasOwn(name);
  }

  /**
   * The path of a file that must exist.
   *
   * @throws UserError if it is missing, not a regular file, or outside of the folder
   */
  public Path required(String name) {
    ModelFolder owner = owner(name);
    if (owner != this) {
      return owner.required(name);
    }
    Path inside = inside(name);
    if (!hasOwn(name)) {
      throw new UserError("The model folder " + folder + " has no " + name + ".");
    }
    Path real;
    try {
      real = inside.toRealPath();
    } catch (IOException e) {
      throw new UserError(inside + " is a link to a file that does not exist.", e);
    }
    boolean allowed = real.startsWith(realFolder) || (blobs != null && real.startsWith(blobs));
    if (!allowed) {
      throw new UserError(
          inside + " leads out of the model folder, to " + real + "; copy the file into it.");
    }
    if (!Files.isRegularFile(real)) {
      throw new UserError(inside + " is not a regular file.");
    }
    return inside;
  }

  /**
   * Reads a JSON file that must exist.
   *
   * @throws UserError if it is missing, outside of the folder, malformed or far too large
   */
  public JsonNode json(String name) {
    Path file = required(name);
    try {
      if (Files.size(file) > MAX_JSON_BYTES) {
        throw new UserError(
            "%s has %d bytes; at most %d are read."
                .formatted(file, Files.size(file), MAX_JSON_BYTES));
      }
    } catch (IOException e) {
      throw new UserError(file + " cannot be read: " + e.getMessage(), e);
    }
    return Json.read(file, JsonNode.class);
  }

  /** Resolves a name that must be one plain file name: no folder, no {@code ..}. */
  private Path inside(String name) {
    Path relative;
    try {
      relative = Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserError("%s: \"%s\" is not a file name.".formatted(folder, name), e);
    }
    boolean plain =
        !relative.isAbsolute()
            && relative.getNameCount() == 1
            && !name.isEmpty()
            && !name.equals("..")
            && !name.equals(".")
            && !name.contains("\\")
            && !name.contains("/");
    if (!plain) {
      throw new UserError(
          "%s: the file name \"%s\" would lead out of the folder; only plain names are allowed."
              .formatted(folder, name));
    }
    return folder.resolve(relative);
  }
}
