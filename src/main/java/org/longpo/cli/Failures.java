package org.longpo.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.error.Nearest;
import org.longpo.error.UserError;
import org.longpo.progress.CancelledException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns an error into one sentence for the user and an exit code for scripts. */
final class Failures {
  static final int FAILURE = 1;
  static final int WRONG_INPUT = 2;

  /** 128 + SIGINT, the shell's convention; after a signal the JVM sets the exact code itself. */
  static final int STOPPED = 130;

  /** 128 + SIGPIPE: what the shell reports of a program whose output was closed by its reader. */
  static final int NO_READER = 141;

  /** How the messages of libtorch's allocators begin: their errors are plain runtime exceptions. */
  private static final List<String> NATIVE_OUT_OF_MEMORY =
      List.of("can't allocate memory", "not enough memory", "CUDA out of memory", "std::bad_alloc");

  private final PrintStream err;

  Failures(PrintStream err) {
    this.err = err;
  }

  /** A command line that cannot be understood. */
  int reportUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String sentence =
        e instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched.getUnmatched().getFirst(), command)
            : asSentence(firstLine(e));
    say(sentence + " See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return WRONG_INPUT;
  }

  /** An exception that a command threw. */
  int report(Throwable thrown) {
    if (isOutOfMemory(thrown)) {
      say(
          "The memory is exhausted ("
              + firstLine(thrown)
              + "): use shorter lengths or smaller tiles, or, if it is Java's heap, a larger one:"
              + " JAVA_OPTS=-Xmx8g.");
      return FAILURE;
    }
    return switch (thrown) {
      case UserError e -> {
        say(firstLine(e));
        yield WRONG_INPUT;
      }
      case CancelledException e -> {
        say("Stopped; the same command resumes from here.");
        yield STOPPED;
      }
      // Nobody reads a message any more, and in a pipe this is no failure.
      case BrokenPipeException ignored -> NO_READER;
      case UncheckedIOException e -> fileSystem(e.getCause());
      case IOException e -> fileSystem(e);
      case LinkageError e when isNative(e) -> {
        say(
            "libtorch's native libraries do not load on this machine ("
                + firstLine(e)
                + "): they need Linux on x86-64 with glibc, or macOS on Apple silicon.");
        yield FAILURE;
      }
      default -> bug(thrown);
    };
  }

  private int fileSystem(@Nullable IOException e) {
    say(
        switch (e) {
          case null -> "A file could not be read or written.";
          case NoSuchFileException missing -> "There is no file " + missing.getMessage() + ".";
          case AccessDeniedException denied -> "No permission for " + denied.getMessage() + ".";
          default -> asSentence("A file could not be read or written: " + firstLine(e));
        });
    return FAILURE;
  }

  private int bug(Throwable thrown) {
    say(
        asSentence(firstLine(thrown))
            + " This is a bug of longpo; please report it with the lines below ("
            + Versions.current()
            + ").");
    thrown.printStackTrace(err);
    return FAILURE;
  }

  private static String unknown(String given, CommandLine command) {
    boolean option = given.startsWith("-");
    String name = option && given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
    List<String> known = new ArrayList<>();
    if (option) {
      command.getCommandSpec().options().forEach(known_ -> known.add(known_.longestName()));
    } else {
      known.addAll(command.getSubcommands().keySet());
    }
    Optional<String> nearest = Nearest.to(name, known);
    String kind = option ? "option" : known.isEmpty() ? "argument" : "command";
    return "There is no "
        + kind
        + " "
        + name
        + (nearest.isPresent() ? "; did you mean " + nearest.get() + "?" : ".");
  }

  private static boolean isOutOfMemory(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return thrown instanceof OutOfMemoryError
        || thrown instanceof RuntimeException
            && NATIVE_OUT_OF_MEMORY.stream().anyMatch(message::contains)
        || thrown.getCause() != null && isOutOfMemory(thrown.getCause());
  }

  private static boolean isNative(LinkageError e) {
    return e instanceof UnsatisfiedLinkError
        || String.valueOf(e.getMessage()).contains("org.bytedeco");
  }

  /** libtorch appends a native stack trace to its messages; the first line is the message. */
  private static String firstLine(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? thrown.getClass().getSimpleName()
        : message.lines().filter(line -> !line.isBlank()).findFirst().orElseThrow().strip();
  }

  private static String asSentence(String text) {
    return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
  }

  private void say(String sentence) {
    err.println("longpo: " + sentence);
  }
}
