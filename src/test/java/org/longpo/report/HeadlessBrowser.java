package org.longpo.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window: opens a page, runs its scripts and gives back what they made. */
final class HeadlessBrowser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome", "headless_shell");

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path program;

  private HeadlessBrowser(Path program) {
    this.program = program;
  }

  /**
   * The first browser on the PATH.
   *
   * @throws IllegalStateException if there is none: a test that is skipped would test nothing
   */
  static HeadlessBrowser find() {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(HeadlessBrowser::new)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "There is no browser on the PATH (looked for "
                        + String.join(", ", NAMES)
                        + "); install one, such as Debian's package chromium."));
  }

  /** The document of a page after its scripts have run, as HTML. */
  String open(Path page) {
    Path folder = page.resolveSibling("browser").toAbsolutePath();
    Path document = folder.resolve("document.html");
    Path messages = folder.resolve("browser.log");
    try {
      Files.createDirectories(folder);
      Process browser =
          new ProcessBuilder(
                  program.toString(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--user-data-dir=" + folder.resolve("profile"),
                  "--window-size=1200,900",
                  "--dump-dom",
                  page.toUri().toString())
              .redirectOutput(document.toFile())
              .redirectError(messages.toFile())
              .start();
      if (!browser.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        browser.destroyForcibly();
        throw new IllegalStateException(
            program + " did not end in " + LIMIT + ": " + Files.readString(messages));
      }
      if (browser.exitValue() != 0) {
        throw new IllegalStateException(
            program + " ended with " + browser.exitValue() + ": " + Files.readString(messages));
      }
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the browser ran", e);
    }
  }
}
