package org.longpo.reproduction;

import java.util.List;
import org.longpo.report.charts.SeriesColour;

/** The same colour for an arm in all pictures. */
final class ArmColours {
  private ArmColours() {}

  /** Of a model of a headline arm. */
  static SeriesColour of(Trained model) {
    return of(model.arm());
  }

  /** Of a headline arm, by its id. */
  static SeriesColour of(String arm) {
    List<String> arms = Arms.HEADLINE.stream().map(Arm::id).toList();
    return SeriesColour.values()[arms.indexOf(arm)];
  }
}
