package org.longpo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts programs of ours in processes of their own, to be killed or measured. */
public final class JavaProcess {
  private JavaProcess() {}

  /** The command line of a JVM that has the class path and natives of this one. */
  public static List<String> command(List<String> flags, Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    // The same natives as this process has: other ones would round differently.
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key.toString().startsWith("org.bytedeco")) {
                command.add("-D" + key + "=" + value);
              }
            });
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return command;
  }

  /**
   * The command line of a process that lives for seconds: most of them would go into compiling. The
   * results are the same to the byte.
   */
  public static List<String> briefCommand(Class<?> program, List<String> arguments) {
    return command(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), program, arguments);
  }

  /** Starts a command; what it says goes to a file. */
  public static Process start(List<String> command, Path output) throws IOException {
    File file = output.toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file).start();
  }
}
