package org.longpo.cli;

import java.util.List;
import org.longpo.settings.Key;
import org.longpo.settings.Section;

/** Every setting that any command has: what may stand in a file. */
final class AllKeys {
  private static final List<Section> SECTIONS =
      List.of(
          ModelKeys.SECTION,
          ChatKeys.SECTION,
          RunKeys.SECTION,
          GenerateKeys.SECTION,
          FilterKeys.SECTION,
          ObjectiveKeys.SECTION,
          TrainKeys.SECTION,
          EvaluateKeys.SECTION);

  private AllKeys() {}

  static List<Key<?>> list() {
    return SECTIONS.stream().<Key<?>>flatMap(section -> section.keys().stream()).toList();
  }
}
