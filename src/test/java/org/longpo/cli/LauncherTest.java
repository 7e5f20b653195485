package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code longpo} in a repository of its own, with a JDK and a Maven that only record.
 */
@Timeout(60)
class LauncherTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$JAVA_HOME: $*" >>built
      sleep 0.2
      mkdir -p target/classes/launcher
      echo '-Dflag=from-pom' >target/classes/launcher/jvm-flags
      printf '%s' "$PWD/library.jar" >target/classpath
      echo '[ERROR] no such symbol'
      exit "${MAVEN_EXIT:-0}"
      """;
  private static final String JAVA =
      """
      #!/bin/sh
      for argument; do echo "$argument"; done
      echo "OMP_WAIT_POLICY=$OMP_WAIT_POLICY LD_LIBRARY_PATH=$LD_LIBRARY_PATH"
      echo "LC_ALL=$LC_ALL LANG=$LANG"
      """;

  @TempDir private Path temporary;
  private Path home;
  private Path jdk;
  private Path bin;

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void makeRepository() throws IOException {
    home = Files.createDirectories(temporary.resolve("a checkout"));
    script(home.resolve("longpo"), Files.readString(Path.of("longpo")));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.writeString(home.resolve("library.jar"), "");
    Files.createDirectories(home.resolve("src/main"));
    jdk = makeJdk("jdk", "25.0.3");
    bin = Files.createDirectories(temporary.resolve("bin"));
    script(bin.resolve("mvn"), MAVEN);
  }

  @Test
  void shouldBuildThenRunWithFlagsOfPom() throws Exception {
    Result result = launch(Map.of(), "complete", "--prompt", "two words");
    assertThat(result.exitCode).isZero();
    assertThat(result.out.lines())
        .contains("-Dflag=from-pom", "org.longpo.cli.Main", "two words")
        .contains(home + "/target/classes:" + home + "/library.jar")
        .contains("OMP_WAIT_POLICY=passive LD_LIBRARY_PATH=");
    assertThat(result.err).containsPattern("^longpo: building.*\\n$");
    assertThat(built()).singleElement().asString().startsWith(jdk + ": ");
  }

  @Test
  void shouldBuildAgainOnlyAfterChange() throws Exception {
    launch(Map.of());
    assertThat(launch(Map.of()).err).isEmpty();
    assertThat(built()).hasSize(1);

    Path source = Files.writeString(home.resolve("src/main/A.java"), "");
    // A clock tick of the file system is too coarse to distinguish two writes of one test.
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    launch(Map.of());
    assertThat(built()).hasSize(2);
  }

  @Test
  void shouldBuildAgainForOtherOptionsAndForLostLibrary() throws Exception {
    launch(Map.of());
    launch(Map.of("LONGPO_MAVEN_ARGS", "-Pcuda"));
    assertThat(built()).hasSize(2);
    assertThat(built().getLast()).contains("-Pcuda");

    Files.delete(home.resolve("library.jar"));
    launch(Map.of("LONGPO_MAVEN_ARGS", "-Pcuda"));
    assertThat(built()).hasSize(3);
  }

  @Test
  void shouldBuildOnceForTwoLaunchesAtOnce() throws Exception {
    Process first = start(Map.of());
    Process second = start(Map.of());
    assertThat(List.of(first.waitFor(), second.waitFor())).containsOnly(0);
    assertThat(built()).hasSize(1);
  }

  @Test
  void shouldShowErrorsOfFailedBuildAndNotRun() throws Exception {
    Result result = launch(Map.of("MAVEN_EXIT", "1"));
    assertThat(result.exitCode).isEqualTo(1);
    assertThat(result.out).isEmpty();
    assertThat(result.err)
        .contains("[ERROR] no such symbol", "the build failed", "target/build.log");
    launch(Map.of());
    assertThat(built()).hasSize(2);
  }

  @Test
  void shouldRunThroughLinkFromElsewhere() throws Exception {
    Path link = Files.createSymbolicLink(bin.resolve("long po"), home.resolve("longpo"));
    Result result = finish(start(link, Map.of(), "--version"));
    assertThat(result.exitCode).isZero();
    assertThat(result.out).contains(home + "/target/classes:");
  }

  @Test
  void shouldPassJavaOptionsAfterItsOwn() throws Exception {
    List<String> arguments = launch(Map.of("JAVA_OPTS", "-Xmx1g -Da=b")).out.lines().toList();
    assertThat(arguments).containsSubsequence("-XX:MaxRAMPercentage=12.5", "-Xmx1g", "-Da=b");
  }

  @Test
  void shouldRunOnOfficialLibtorch() throws Exception {
    Path libtorch = Files.createDirectories(temporary.resolve("torch lib"));
    Result result = launch(Map.of("LONGPO_LIBTORCH", libtorch.toString()));
    assertThat(result.out.lines())
        .contains("-Dorg.bytedeco.javacpp.pathsFirst=true", "-Djava.library.path=" + libtorch)
        .contains("OMP_WAIT_POLICY=passive LD_LIBRARY_PATH=" + libtorch);

    Result missing = launch(Map.of("LONGPO_LIBTORCH", "nowhere"));
    assertThat(missing.exitCode).isEqualTo(2);
    assertThat(missing.err).contains("LONGPO_LIBTORCH names nowhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "xx_YY.ISO-8859-1"})
  void shouldStartJavaInUtf8WhateverTheLocale(String locale) throws Exception {
    Result result = launch(Map.of("LC_ALL", locale, "LANG", locale));
    assertThat(result.out).containsPattern("(?i)LC_ALL=\\S+\\.utf-?8 ");
  }

  @Test
  void shouldKeepUtf8Locale() throws Exception {
    assertThat(launch(Map.of("LC_ALL", "", "LANG", "C.UTF-8")).out)
        .contains("LC_ALL= LANG=C.UTF-8");
  }

  @Test
  void shouldIgnoreTooOldJavaHome() throws Exception {
    Path old = makeJdk("old", "17.0.15");
    makeJdk("user/.sdkman/candidates/java/26-tem", "26");
    launch(Map.of("JAVA_HOME", old.toString(), "PATH", bin + ":/usr/bin:/bin"));
    // Where the machine has a newer JDK of its own, that one may come first.
    assertThat(built()).singleElement().asString().doesNotStartWith(old.toString());
  }

  private Path makeJdk(String name, String version) throws IOException {
    Path folder = temporary.resolve(name);
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(folder.resolve("bin/java"), JAVA);
    script(folder.resolve("bin/javac"), JAVA);
    return folder;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> built() throws IOException {
    return Files.readAllLines(home.resolve("built"));
  }

  private Result launch(Map<String, String> environment, String... arguments) throws Exception {
    return finish(start(environment, arguments));
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    return start(home.resolve("longpo"), environment, arguments);
  }

  private Process start(Path script, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("LONGPO_") || name.startsWith("JAVA_"));
    variables.remove("OMP_WAIT_POLICY");
    variables.remove("LD_LIBRARY_PATH");
    variables.put("HOME", Files.createDirectories(temporary.resolve("user")).toString());
    variables.put("JAVA_HOME", jdk.toString());
    variables.put("PATH", bin + ":" + variables.get("PATH"));
    variables.putAll(environment);
    return builder.start();
  }

  private static Result finish(Process process) throws Exception {
    // Both are small: neither pipe fills while the other is read.
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, err);
  }
}
