package org.longpo.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model folder of a test: a golden tokenizer with a golden template. */
public final class GoldenModel {
  private GoldenModel() {}

  public static Path create(Path folder, String tokenizer, String template) {
    try {
      Files.createDirectories(folder);
      for (String file : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
        Files.copy(Golden.path(tokenizer + "/" + file), folder.resolve(file));
      }
      Files.copy(
          Golden.path("templates/" + template + ".jinja"), folder.resolve("chat_template.jinja"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
