package org.longpo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.longpo.error.UserError;
import org.longpo.files.FileNames;

/**
 * The encoding of the process's arguments and of its folder's name. They are UTF-8, whatever the
 * locale, or refused; nothing that was read wrongly reaches a prompt or a file.
 *
 * <p>Java decodes arguments and file names by the locale that it was started in, and no program can
 * change that from within: the launcher chooses a UTF-8 locale. Without the launcher and in another
 * locale, plain ASCII still works.
 *
 * @param encoding the one that Java decodes arguments and file names with
 * @param commandLine the arguments' bytes as they were given, each ended by a zero byte; empty
 *     where the system does not state it
 * @param folder the working folder, as Java decoded it
 */
@SuppressWarnings("ArrayRecordComponent")
record ProcessEncoding(String encoding, byte[] commandLine, String folder) {
  private static final Path OWN_COMMAND_LINE = Path.of("/proc/self/cmdline");

  /** Of this process. */
  static ProcessEncoding current() {
    return new ProcessEncoding(
        System.getProperty("sun.jnu.encoding", "unknown"),
        ownCommandLine(),
        System.getProperty("user.dir", ""));
  }

  /**
   * Checks what the process was started with.
   *
   * @throws UserError if an argument or the working folder was not decoded as it was given
   */
  void require(List<String> arguments) {
    if (!isUtf8() && !isAscii(arguments)) {
      throw new UserError(
          "The arguments hold characters beyond ASCII, and this process reads them as "
              + encoding
              + ", so they would be decoded wrongly: start the program by ./longpo, or with"
              + " LC_ALL=C.UTF-8.");
    }
    for (String argument : arguments) {
      if (argument.indexOf(FileNames.REPLACEMENT) >= 0) {
        throw new UserError(
            "The argument "
                + argument
                + " is not UTF-8: give it in UTF-8, and if it names a file, rename the file.");
      }
    }
    if (!Files.isDirectory(FileNames.path(folder))) {
      throw new UserError(
          "The name of the current folder, "
              + folder
              + ", was decoded wrongly: rename it in UTF-8 or work in another one, and start the"
              + " program by ./longpo or with LC_ALL=C.UTF-8.");
    }
  }

  private boolean isUtf8() {
    return encoding.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
  }

  /**
   * By the bytes where they are known: Java may have replaced what the locale cannot decode by
   * ASCII.
   */
  private boolean isAscii(List<String> arguments) {
    int ends = 0;
    for (int i = commandLine.length - 1; i >= 0; i--) {
      ends += commandLine[i] == 0 ? 1 : 0;
      if (ends > arguments.size()) {
        break;
      }
      if (commandLine[i] < 0) {
        return false;
      }
    }
    return arguments.stream().allMatch(argument -> argument.chars().allMatch(c -> c < 0x80));
  }

  private static byte[] ownCommandLine() {
    try {
      return Files.isReadable(OWN_COMMAND_LINE)
          ? Files.readAllBytes(OWN_COMMAND_LINE)
          : new byte[0];
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
