package org.longpo.cli;

import java.util.List;
import org.longpo.settings.Key;
import org.longpo.settings.OptionListing;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import picocli.CommandLine.Model.CommandSpec;

/** A command whose options are flags and stand in a file of settings as well. */
abstract class OptionCommand implements Runnable {
  final Console console;
  private final SettingFlags flags;

  OptionCommand(Console console, Schema schema) {
    this.console = console;
    this.flags = new SettingFlags(schema);
  }

  /** Does the command's work. */
  abstract void run(OptionValues given);

  /** Adds the values of computed defaults to a print-out; others are shown by their rule. */
  void addTo(OptionListing listing, OptionValues given) {}

  /**
   * Prints what the user asked for instead of the command's work, which needs no options.
   *
   * @return whether it did
   */
  boolean printsInstead() {
    return false;
  }

  @Override
  public final void run() {
    if (printsInstead()) {
      return;
    }
    OptionValues given = flags.read();
    if (!flags.wantsListing()) {
      run(given);
      return;
    }
    OptionListing listing = new OptionListing(flags.schema(), given);
    addTo(listing, given);
    listing.lines().forEach(console.out()::println);
  }

  /** The command's options. */
  final List<Key> keys() {
    return flags.schema().keys();
  }

  /**
   * Adds the flags.
   *
   * @param all the options of all commands: what may stand in a file
   */
  final void addFlags(CommandSpec spec, List<Key> all) {
    flags.addTo(spec, all);
  }

  /** Makes sure that the file of settings is not what the command writes. */
  final void requireNotConfig(OutputFile output) {
    flags.config().ifPresent(file -> output.requireNot(file, SettingFlags.CONFIG));
  }
}
