package org.longpo.reproduction;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.longpo.progress.Progress;

/** Keeps warnings for a record and shows nothing: several arms run at a time. */
final class KeptSentences implements Progress {
  private static final String WARNING = "warning: ";

  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @Override
  public Task start(String name, String unit, long doneUnits, long totalUnits) {
    return Progress.NONE.start(name, unit, doneUnits, totalUnits);
  }

  @Override
  public void say(String sentence) {
    if (sentence.startsWith(WARNING)) {
      warnings.add(sentence.substring(WARNING.length()));
    }
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }
}
