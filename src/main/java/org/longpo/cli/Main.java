package org.longpo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.longpo.error.UserError;
import org.longpo.evaluation.Task;
import org.longpo.objective.Objectives;
import org.longpo.settings.Key;
import org.longpo.settings.Variants;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's entry and the root of its commands. */
@Command(
    name = "longpo",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Versions.ForCommandLine.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    sortOptions = false,
    sortSynopsis = false,
    header =
        "Teaches a language model long contexts with its own short-context answers (LongPO, arXiv"
            + " 2502.13922).",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    descriptionHeading = "%n",
    footerHeading = "%n",
    footer = {
      "'longpo COMMAND --help' explains a command. A run that was stopped resumes when the same"
          + " command is given again.",
      "Exit codes: 0 success, 1 failure, 2 wrong input, 130 or 143 stopped by a signal, 141"
          + " standard output was closed by its reader."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  Main() {
    // Overwritten by picocli before run(); the null checker needs a value.
    spec = CommandSpec.create();
  }

  public static void main(String[] arguments) {
    System.setOut(StandardOutput.ofProcess());
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    Shutdown shutdown = Shutdown.install(System.err);
    int exitCode;
    try {
      exitCode =
          run(
              Console.system(Boolean.getBoolean("longpo.terminal"), shutdown),
              ProcessEncoding.current(),
              arguments);
    } finally {
      shutdown.workIsOver();
    }
    System.exit(exitCode);
  }

  private static int run(Console console, ProcessEncoding encoding, String... arguments) {
    try {
      encoding.require(List.of(arguments));
    } catch (UserError e) {
      return new Failures(console.err()).report(e);
    }
    return run(console, arguments);
  }

  /** Runs one command line and returns its exit code; never throws. */
  static int run(Console console, String... arguments) {
    return run(console, Objectives.ALL, AllTasks.ALL, arguments);
  }

  /**
   * As {@link #run(Console, String...)}, with other objectives and tasks than those of the program.
   */
  static int run(Console console, Variants objectives, List<Task<?>> tasks, String... arguments) {
    // Numbers are the same in every locale: a script would read a decimal comma as a separator.
    Locale.setDefault(Locale.ROOT);
    Failures failures = new Failures(console.err());
    try {
      return commandLine(console, objectives, tasks, failures).execute(arguments);
    } catch (Error e) {
      // Exceptions reach the handlers below; picocli does not catch errors.
      return failures.report(e);
    }
  }

  private static CommandLine commandLine(
      Console console, Variants objectives, List<Task<?>> tasks, Failures failures) {
    CommandLine root = new CommandLine(new Main());
    List<OptionCommand> commands = commands(console, objectives, tasks);
    List<Key> all = commands.stream().flatMap(command -> command.keys().stream()).toList();
    for (OptionCommand command : commands) {
      CommandLine line = new CommandLine(command);
      command.addFlags(line.getCommandSpec(), all);
      root.addSubcommand(line);
    }
    root.setOut(new java.io.PrintWriter(console.out(), true))
        .setErr(new java.io.PrintWriter(console.err(), true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, given) -> failures.reportUsage(e))
        .setExecutionExceptionHandler((e, command, parsed) -> failures.report(e))
        .setExecutionStrategy(parsed -> execute(parsed, failures));
    return root;
  }

  /** Every command. */
  static List<OptionCommand> commands(Console console, Variants objectives, List<Task<?>> tasks) {
    return List.of(
        new DemoCommand(console),
        new EvolveCommand(console, objectives),
        new GenerateCommand(console),
        new ReferenceCommand(console),
        new TrainCommand(console, objectives),
        new CompareCommand(console, objectives),
        new EvaluateCommand(console, tasks),
        new ResultsCommand(console),
        new ReportCommand(console),
        new CompleteCommand(console),
        new ScoreCommand(console),
        new BenchCommand(console),
        new MakeTinyCommand(console),
        new ReproduceCommand(console));
  }

  private static int execute(ParseResult parsed, Failures failures) {
    try {
      return new RunLast().execute(parsed);
    } catch (BrokenPipeException | UncheckedIOException e) {
      // Thrown by printing a help text; a command's own exceptions are wrapped.
      return failures.report(e);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given.");
  }
}
