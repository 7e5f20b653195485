package org.longpo.report.charts;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A chart that can be drawn; the same figures give the same bytes on one machine.
 *
 * @param chart makes the chart; called only where it is drawn, as it needs fonts
 */
public record Picture(Supplier<Chart<?, ?>> chart) {
  /** Whether this machine can draw text: a container may have no fonts. */
  public static boolean isPossible() {
    try {
      Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
      try {
        return graphics.getFontMetrics(new Font(ChartStyle.FONT, Font.PLAIN, 12)).getHeight() > 0;
      } finally {
        graphics.dispose();
      }
    } catch (LinkageError | InternalError | RuntimeException e) {
      // What the JDK throws where fontconfig or all fonts are missing differs by its version.
      return false;
    }
  }

  /** Writes it as PNG. */
  public void writePng(OutputStream out) {
    try {
      ChartEncoder.saveChart(chart.get(), out, "png");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
