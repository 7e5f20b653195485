package org.longpo.jinja;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Python's {@code datetime.strftime} of a time without zone, in English. */
final class Strftime {
  private Strftime() {}

  /** Refuses directives that are not supported. */
  static void check(String format) {
    format(format, LocalDateTime.of(2000, 1, 1, 0, 0));
  }

  static String format(String format, LocalDateTime time) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        out.append(c);
        continue;
      }
      if (at == format.length()) {
        return out.append('%').toString();
      }
      char directive = format.charAt(at++);
      char flag = 0;
      if ("-_0^#".indexOf(directive) >= 0 && at < format.length()) {
        flag = directive;
        directive = format.charAt(at++);
      }
      out.append(flagged(flag, directive(directive, time)));
    }
    return out.toString();
  }

  /** The C library's flags: no padding, blanks, zeros, capitals. */
  private static String flagged(char flag, String text) {
    boolean number = text.matches("[ 0-9]+");
    String bare = number ? text.replaceFirst("^[ 0]+(?=.)", "") : text;
    return switch (flag) {
      case '-' -> bare;
      case '_' -> " ".repeat(text.length() - bare.length()) + bare;
      case '0' -> "0".repeat(text.length() - bare.length()) + bare;
      case '^' -> text.toUpperCase(Locale.ENGLISH);
      case '#' ->
          text.equals("AM") || text.equals("PM")
              ? text.toLowerCase(Locale.ENGLISH)
              : text.toUpperCase(Locale.ENGLISH);
      default -> text;
    };
  }

  private static String directive(char directive, LocalDateTime time) {
    return switch (directive) {
      case 'a' -> pattern("EEE", time);
      case 'A' -> pattern("EEEE", time);
      case 'b', 'h' -> pattern("MMM", time);
      case 'B' -> pattern("MMMM", time);
      case 'c' -> format("%a %b %e %H:%M:%S %Y", time);
      case 'C' -> digits(time.getYear() / 100, 2);
      case 'd' -> digits(time.getDayOfMonth(), 2);
      case 'D', 'x' -> format("%m/%d/%y", time);
      case 'e' -> blanks(time.getDayOfMonth());
      case 'f' -> digits(time.getNano() / 1_000, 6);
      case 'F' -> format("%Y-%m-%d", time);
      case 'G' -> digits(time.get(IsoFields.WEEK_BASED_YEAR), 4);
      case 'H' -> digits(time.getHour(), 2);
      case 'I' -> digits(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2);
      case 'j' -> digits(time.getDayOfYear(), 3);
      case 'k' -> blanks(time.getHour());
      case 'l' -> blanks(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'm' -> digits(time.getMonthValue(), 2);
      case 'M' -> digits(time.getMinute(), 2);
      case 'n' -> "\n";
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 'r' -> format("%I:%M:%S %p", time);
      case 'R' -> format("%H:%M", time);
      case 'S' -> digits(time.getSecond(), 2);
      case 't' -> "\t";
      case 'T', 'X' -> format("%H:%M:%S", time);
      case 'u' -> digits(time.getDayOfWeek().getValue(), 1);
      case 'U' -> digits(week(time, time.getDayOfWeek().getValue() % 7), 2);
      case 'V' -> digits(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
      case 'w' -> digits(time.getDayOfWeek().getValue() % 7, 1);
      case 'W' -> digits(week(time, time.getDayOfWeek().getValue() - 1), 2);
      case 'y' -> digits(time.getYear() % 100, 2);
      case 'Y' -> String.valueOf(time.getYear());
      case 'z', 'Z' -> "";
      case '%' -> "%";
      default ->
          throw new TemplateFailure(
              "the directive %" + directive + " of strftime_now is not supported");
    };
  }

  /** The week of the year, counted from the first of its days that begins a week. */
  private static int week(LocalDateTime time, int daysIntoWeek) {
    return (time.getDayOfYear() + 6 - daysIntoWeek) / 7;
  }

  private static String pattern(String pattern, LocalDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
  }

  private static String digits(int number, int width) {
    return String.format(Locale.ROOT, "%0" + width + "d", number);
  }

  private static String blanks(int number) {
    return String.format(Locale.ROOT, "%2d", number);
  }
}
