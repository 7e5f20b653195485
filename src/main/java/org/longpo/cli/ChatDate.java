package org.longpo.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.longpo.files.StageIdentity;
import org.longpo.model.ModelChoice;
import org.longpo.model.ModelIdentity;
import org.longpo.settings.ValueTypes;
import org.longpo.text.ChatSettings;

/**
 * The date that a chat template writes, the only part of a result that may depend on a clock: the
 * one given, else that with which the run in the folder began, else today.
 */
final class ChatDate {
  /** Of {@link ChatSettings}, in JSON. */
  private static final String DATE = "date";

  private ChatDate() {}

  /** Fixes the date for a run, and prints it, if the template writes one. */
  static ModelChoice ofRun(ModelChoice choice, boolean usesClock, Path run, Console console) {
    ChatSettings chat = choice.chat();
    if (!usesClock) {
      if (chat.date().isPresent()) {
        console.warn("--chat-date has no effect: the model's chat template writes no date.");
      }
      return choice.withChat(chat.withDate(Optional.empty()));
    }
    LocalDateTime date = chat.date().or(() -> recorded(run)).orElseGet(ChatDate::today);
    console
        .progress()
        .say(
            "The chat template writes the date, "
                + ValueTypes.show(date)
                + " for this run; --chat-date sets another.");
    return choice.withChat(chat.withDate(Optional.of(date)));
  }

  /** For a command without a run's folder and without anything to resume. */
  static ModelChoice ofToday(ModelChoice choice) {
    return ofLog(choice, Optional.empty());
  }

  /**
   * For a command that resumes from a log.
   *
   * @param begun what the log was begun with; empty if there is none
   */
  static ModelChoice ofLog(ModelChoice choice, Optional<StageIdentity> begun) {
    ChatSettings chat = choice.chat();
    Optional<LocalDateTime> recorded =
        begun
            .map(identity -> identity.settings().get(ModelIdentity.CHAT))
            .flatMap(settings -> parsed(settings.path(DATE).asString("")));
    return choice.withChat(
        chat.withDate(chat.date().or(() -> recorded).or(() -> Optional.of(today()))));
  }

  /** A day and not a moment: the same command gives the same record all day. */
  private static LocalDateTime today() {
    return LocalDate.now(ZoneId.systemDefault()).atStartOfDay();
  }

  private static Optional<LocalDateTime> recorded(Path run) {
    return RunFolder.record(run)
        .map(record -> record.settings().path("chat_date"))
        .flatMap(date -> parsed(date.asString("")));
  }

  private static Optional<LocalDateTime> parsed(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDateTime.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
