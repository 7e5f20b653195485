package org.longpo.report.charts;

import java.awt.Color;

/** Colours of what is drawn beside each other, told apart by readers who see few colours too. */
public enum SeriesColour {
  BLUE(ChartStyle.AFTER),
  ORANGE(ChartStyle.BETWEEN),
  GREEN(ChartStyle.CHOSEN),
  PURPLE(ChartStyle.FOURTH),
  RUST(ChartStyle.REJECTED),
  GREY(ChartStyle.BEFORE),
  DARK(ChartStyle.INK);

  private final Color colour;

  SeriesColour(Color colour) {
    this.colour = colour;
  }

  Color awt() {
    return colour;
  }
}
