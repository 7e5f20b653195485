package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.error.UserError;

class ModelFolderTest {
  @TempDir Path temporary;

  private static final String CONFIG = TinyModel.llamaConfig("");

  @Test
  void shouldOpenHuggingFaceCacheLayout() throws IOException {
    Path snapshot = cacheLayout(Path.of("../../blobs"));
    try (Checkpoint checkpoint = Checkpoint.open(snapshot)) {
      assertThat(checkpoint.config().layers()).isEqualTo(2);
    }
  }

  @Test
  void shouldOpenFolderThroughLink() throws IOException {
    Path folder = TinyModel.write(temporary.resolve("model"), CONFIG);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    try (Checkpoint checkpoint = Checkpoint.open(link)) {
      assertThat(checkpoint.config().layers()).isEqualTo(2);
    }
  }

  @Test
  void shouldFollowLinkWithinFolder() throws IOException {
    Path folder = TinyModel.write(temporary.resolve("model"), CONFIG);
    Files.move(folder.resolve("model.safetensors"), folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("model.safetensors"), Path.of("real"));
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.config().layers()).isEqualTo(2);
    }
  }

  @Test
  void shouldRefuseLinkIntoAnotherRepositorysBlobs() throws IOException {
    Path snapshot = cacheLayout(Path.of("../../../models--other/blobs"));
    assertRefused(snapshot, "leads out of the model folder");
  }

  @Test
  void shouldRefuseBlobsFolderThatIsItselfALink() throws IOException {
    Path snapshot = cacheLayout(Path.of("../../blobs"));
    Path blobs = temporary.resolve("models--x/blobs");
    Files.move(blobs, temporary.resolve("elsewhere"));
    Files.createSymbolicLink(blobs, temporary.resolve("elsewhere"));
    assertRefused(snapshot, "leads out of the model folder");
  }

  @Test
  void shouldRefuseLinkOutOfFolder() throws IOException {
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Path folder = TinyModel.write(temporary.resolve("model-" + name), CONFIG);
      Path outside = temporary.resolve("outside-" + name);
      Files.move(folder.resolve(name), outside);
      Files.createSymbolicLink(folder.resolve(name), outside);
      assertRefused(folder, name + " leads out of the model folder");
    }
  }

  @Test
  void shouldRefuseBlobsBesideFolderThatIsNoSnapshot() throws IOException {
    Path folder = TinyModel.write(temporary.resolve("x/other/revision"), CONFIG);
    Path blobs = Files.createDirectories(temporary.resolve("x/blobs"));
    Files.move(folder.resolve("config.json"), blobs.resolve("config.json"));
    Files.createSymbolicLink(folder.resolve("config.json"), blobs.resolve("config.json"));
    assertRefused(folder, "leads out of the model folder");
  }

  @Test
  void shouldRefuseBrokenLinkAndFolderInPlaceOfFile() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("model"));
    Files.createSymbolicLink(folder.resolve("config.json"), Path.of("nowhere"));
    assertRefused(folder, "is a link to a file that does not exist");
    Files.delete(folder.resolve("config.json"));
    Files.createDirectory(folder.resolve("config.json"));
    assertRefused(folder, "not a regular file");
  }

  /** models--x/snapshots/revision with links to files in {@code blobs}, relative to it. */
  private Path cacheLayout(Path blobs) throws IOException {
    Path snapshot = TinyModel.write(temporary.resolve("models--x/snapshots/revision"), CONFIG);
    Files.createDirectories(temporary.resolve("models--x/blobs"));
    Path target = Files.createDirectories(snapshot.resolve(blobs).normalize());
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.move(snapshot.resolve(name), target.resolve("hash-of-" + name));
      Files.createSymbolicLink(snapshot.resolve(name), blobs.resolve("hash-of-" + name));
    }
    return snapshot;
  }

  private static void assertRefused(Path folder, String reason) {
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(reason);
  }
}
