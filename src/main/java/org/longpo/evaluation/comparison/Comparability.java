package org.longpo.evaluation.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.TaskResult;
import org.longpo.files.SettingDifferences;

/**
 * Whether two models were asked the same in a task: the same version of it, the same inputs by hash
 * and settings, and as many samples in every item.
 */
final class Comparability {
  private static final int SHOWN_CHARACTERS = 24;

  /** The place of an item's samples: those of two models are pairs if it is the same. */
  private record Place(int length, int index, int cluster, int samples) {
    static Place of(ItemResult item) {
      return new Place(item.length(), item.index(), item.cluster(), item.samples().size());
    }
  }

  private Comparability() {}

  /**
   * @return what differs, to follow "measure different things: "; empty if nothing does
   */
  static Optional<String> difference(ModelResults one, ModelResults other, String task) {
    TaskResult first = one.figures().task(task).orElseThrow();
    TaskResult second = other.figures().task(task).orElseThrow();
    if (first.task().version() != second.task().version()) {
      return Optional.of(
          "version %d and version %d of the task"
              .formatted(first.task().version(), second.task().version()));
    }
    if (!first.isComparableTo(second)) {
      return Optional.of(differences(first, second));
    }
    if (!places(one, task).equals(places(other, task))) {
      return Optional.of("other samples, as where another tokenizer cuts the text");
    }
    return Optional.empty();
  }

  private static List<Place> places(ModelResults model, String task) {
    return model.items().getOrDefault(task, List.of()).stream()
        .map(Place::of)
        .sorted(Comparator.comparingInt(Place::length).thenComparingInt(Place::index))
        .toList();
  }

  /** "settings.lengths [4096] and [8192]". */
  private static String differences(TaskResult first, TaskResult second) {
    Map<String, String> before = SettingDifferences.leaves(first.measured());
    Map<String, String> now = SettingDifferences.leaves(second.measured());
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    List<String> phrases = new ArrayList<>();
    for (String name : names) {
      String one = before.getOrDefault(name, "not set");
      String other = now.getOrDefault(name, "not set");
      if (!one.equals(other)) {
        phrases.add("%s %s and %s".formatted(name, shortened(one), shortened(other)));
      }
    }
    return phrases.isEmpty() ? "another description of the task" : String.join(", ", phrases);
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN_CHARACTERS
        ? value
        : value.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
