package org.longpo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.longpo.settings.Key;
import org.longpo.settings.OptionFile;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.ValueType.Shape;
import org.longpo.settings.WrittenValue;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flags of a command, made from its options, with {@code --config} and {@code --print-config}.
 *
 * <p>One file may serve several commands: options of other commands in it are checked and left
 * alone.
 */
final class SettingFlags {
  /** The option that names the file of settings. */
  static final String CONFIG = "--config";

  private final Schema schema;
  private final Map<String, WrittenValue> flags = new LinkedHashMap<>();
  private @Nullable Path config;
  private boolean print;
  private List<Key> inFile = List.of();

  SettingFlags(Schema schema) {
    this.schema = schema;
  }

  /**
   * Adds the flags to a command.
   *
   * @param all the options of all commands: what may stand in a file
   */
  void addTo(CommandSpec command, List<Key> all) {
    inFile = new ArrayList<>(schema.keys());
    inFile.addAll(all);
    command
        .usageMessage()
        .customSynopsis(
            "longpo "
                + command.name()
                + command.options().stream()
                    .filter(OptionSpec::required)
                    .map(option -> " " + option.longestName() + " " + option.paramLabel())
                    .collect(Collectors.joining())
                + command.positionalParameters().stream()
                    .map(parameter -> " " + parameter.paramLabel())
                    .collect(Collectors.joining())
                + schema.keys().stream()
                    .filter(Key::isRequired)
                    .map(key -> " " + key.flag() + " " + key.type().label())
                    .collect(Collectors.joining())
                + " [--config FILE] [OPTIONS]");
    command.addOption(
        OptionSpec.builder(CONFIG)
            .type(Path.class)
            .paramLabel("FILE")
            .description(
                "YAML file of settings, 'key: value' for every option below with _ for -"
                    + (schema.filePrefix().isEmpty()
                        ? ""
                        : " (those of this command alone begin with "
                            + schema.filePrefix()
                            + " there)")
                    + ". An option given here wins over the file.")
            .setter(new Taker<Path>(file -> config = file))
            .build());
    command.addOption(
        OptionSpec.builder("--print-config")
            .type(boolean.class)
            .description(
                "Print every setting and where it came from, in the form of such a file, and exit.")
            .setter(new Taker<Boolean>(given -> print = given))
            .build());
    for (Schema.Heading section : schema.sections()) {
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .heading("%n" + section.title() + ":%n")
              .exclusive(false)
              .validate(false);
      section.keys().forEach(key -> group.addArg(option(key)));
      command.addArgGroup(group.build());
    }
  }

  /**
   * What the command line and the file contain.
   *
   * @throws org.longpo.error.UserError for what cannot be understood; if an option is missing, only
   *     where {@link #wantsListing} is false
   */
  OptionValues read() {
    Map<String, WrittenValue> file = config == null ? Map.of() : OptionFile.read(config, inFile);
    OptionValues values = new OptionValues(schema, file, flags);
    if (!print) {
      values.requireComplete();
    }
    return values;
  }

  /** The file of settings, if one was given. */
  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  /** Whether the settings are to be printed without any further work. */
  boolean wantsListing() {
    return print;
  }

  Schema schema() {
    return schema;
  }

  private OptionSpec option(Key key) {
    Shape shape = key.type().shape();
    OptionSpec.Builder option =
        OptionSpec.builder(key.flag())
            .type(String[].class)
            .arity(
                switch (shape) {
                  case SCALAR, OBJECT, COMMAS -> "1";
                  case SWITCH -> "0..1";
                  case WORDS -> "1..*";
                })
            .fallbackValue(shape == Shape.SWITCH ? "true" : "")
            .paramLabel(key.type().label())
            .hideParamSyntax(shape != Shape.SWITCH)
            .description(key.description().replace("%", "%%"))
            .setter(
                new Taker<String[]>(
                    words ->
                        flags.put(
                            key.name(),
                            new WrittenValue(List.of(words), new WrittenValue.Origin.AsFlag()))));
    // The words of a list that is given again are added, of other options the last value counts.
    return switch (shape) {
      case WORDS, COMMAS -> option.getter(new WordsSoFar(key.name())).build();
      case SCALAR, OBJECT, SWITCH -> option.build();
    };
  }

  /** The values so far: picocli adds those of a flag that is given again. */
  private final class WordsSoFar implements IGetter {
    private final String name;

    WordsSoFar(String name) {
      this.name = name;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T get() {
      WrittenValue given = flags.get(name);
      return given == null ? null : (T) given.words().toArray(String[]::new);
    }
  }

  /** Reads picocli's value; null means that the flag was not given. */
  private record Taker<V>(Consumer<V> consumer) implements ISetter {
    @Override
    @SuppressWarnings("unchecked")
    public <T> T set(T value) {
      if (value != null) {
        consumer.accept((V) value);
      }
      return value;
    }
  }
}
