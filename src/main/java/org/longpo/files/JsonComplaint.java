package org.longpo.files;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.longpo.error.Nearest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with some JSON, in words for its author and not for a user of Jackson. */
final class JsonComplaint {
  private JsonComplaint() {}

  /** Place, key and complaint: {@code line 1, column 9: pairs[0].chosen: the key is missing}. */
  static String of(JacksonException e) {
    return place(e) + key(e) + complaint(e);
  }

  private static String place(JacksonException e) {
    var location = e.getLocation();
    return location == null || location.getLineNr() < 0
        ? ""
        : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }

  /** The way to the key where reading stopped. */
  private static String key(JacksonException e) {
    StringBuilder way = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        way.append('[').append(step.getIndex()).append(']');
      } else {
        way.append(way.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return way.isEmpty() ? "" : way + ": ";
  }

  private static String complaint(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> ids = unknown.getKnownPropertyIds();
      List<String> known = ids == null ? List.of() : ids.stream().map(Objects::toString).toList();
      return "unknown key"
          + Nearest.to(unknown.getPropertyName(), known)
              .map(name -> ", did you mean " + name + "?")
              .orElse("");
    }
    String message = e.getOriginalMessage().lines().findFirst().orElse("unreadable JSON");
    return message
        .replaceFirst("^Missing creator property .*", "the key is missing")
        .replaceFirst("^Trailing token .*", "something follows the value")
        .replaceFirst("^Null value for creator property .*", "null is not a value for it")
        .replaceFirst(
            "^Cannot deserialize value of type `[^`]*` from String (\"[^\"]*\"): not one of the"
                + " values accepted for Enum class: \\[(.*)]",
            "$1 is none of $2")
        .replaceFirst("^Cannot construct instance of `[^`]*`, problem: ", "")
        .replaceAll(" ?\\(set `DeserializationFeature[^)]*\\)", "");
  }
}
