package org.longpo.tiny;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.longpo.files.AtomicFile;

/** The tiny model that this program carries: what {@link MakeTiny} made of its defaults. */
public final class EmbeddedModel {
  /** The window that the model was trained on, in tokens. */
  public static final int WINDOW_TOKENS = TinyShape.WINDOW;

  private static final String RESOURCES = "/tiny/";
  private static final List<String> FILES =
      List.of(
          "config.json",
          "model.safetensors",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.jinja");

  private EmbeddedModel() {}

  /** Writes the model as a checkpoint folder, unless it is there already. */
  public static void unpack(Path folder) {
    if (Files.isDirectory(folder)) {
      return;
    }
    AtomicFile.writeFolder(
        folder,
        temporary -> {
          for (String name : FILES) {
            Files.write(temporary.resolve(name), resource(name));
          }
        });
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = EmbeddedModel.class.getResourceAsStream(RESOURCES + name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + RESOURCES + name + " is missing");
      }
      return in.readAllBytes();
    }
  }
}
