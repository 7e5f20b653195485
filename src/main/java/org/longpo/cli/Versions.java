package org.longpo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The versions that decide what a run computes; every run folder records them.
 *
 * @param longpo this program
 * @param git the commit it was started from, with "-dirty" for uncommitted changes; "unknown"
 *     outside a git checkout
 * @param libtorch the version of libtorch
 * @param java the Java runtime
 */
public record Versions(String longpo, String git, String libtorch, String java) {
  private static final String RESOURCE = "version.properties";

  /** Those of this process. */
  public static Versions current() {
    Properties built = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing: the build writes it");
      }
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The launcher calls git at every start: a commit changes the hash without a rebuild.
    String git = System.getProperty("longpo.git", "");
    // The bindings' version is "<libtorch>-<javacpp>".
    String bindings = built.getProperty("libtorch");
    return new Versions(
        built.getProperty("longpo"),
        git.isEmpty() ? "unknown" : git,
        bindings.substring(0, bindings.indexOf('-')),
        Runtime.version().toString());
  }

  @Override
  public String toString() {
    return "longpo " + longpo + ", git " + git + ", libtorch " + libtorch + ", Java " + java;
  }

  /** What {@code --version} prints. */
  static final class ForCommandLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Versions versions = current();
      return new String[] {
        "longpo " + versions.longpo,
        "git " + versions.git,
        "libtorch " + versions.libtorch,
        "Java " + versions.java
      };
    }
  }
}
