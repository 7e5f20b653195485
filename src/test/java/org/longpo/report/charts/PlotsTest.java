package org.longpo.report.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PlotsTest {
  private static final Optional<CategoryPlot.Point> POINT =
      Optional.of(new CategoryPlot.Point(2, OptionalDouble.of(0.5)));

  private static CategoryPlot plot(
      List<String> categories, List<Optional<CategoryPlot.Point>> points) {
    return new CategoryPlot(
        "title",
        "x",
        "y",
        categories,
        List.of(new CategoryPlot.Series("model", SeriesColour.BLUE, points)),
        CategoryPlot.Form.POINTS);
  }

  private static BufferedImage drawn(ReportChart chart) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chart.picture().orElseThrow().writePng(out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static boolean has(BufferedImage image, SeriesColour colour) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .anyMatch(
            i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) == colour.awt().getRGB());
  }

  @Test
  void shouldDrawValuesByCategoryWithGaps() throws IOException {
    ReportChart chart = plot(List.of("one", "two"), List.of(POINT, Optional.empty())).chart("name");
    assertThat(chart.name()).isEqualTo("name");
    assertThat(chart.numbers().text())
        .isEqualTo("model,category,value,standard_error\nmodel,one,2.0,0.5\n");
    assertThat(has(drawn(chart), SeriesColour.BLUE)).isTrue();
  }

  /** Else xchart leaves out every second name. */
  @Test
  void shouldBeWiderWithManyCategories() throws IOException {
    List<String> names = IntStream.range(0, 15).mapToObj(i -> "category " + i).toList();
    assertThat(drawn(plot(names, Collections.nCopies(15, POINT)).chart("name")).getWidth())
        .isEqualTo(1500);
  }

  @Test
  void shouldRefuseAPointTooFew() {
    assertThatThrownBy(() -> plot(List.of("one", "two"), List.of(POINT)))
        .hasMessage("model has not a point for each category");
  }

  @Test
  void shouldDrawValuesByStep() throws IOException {
    StepPlot plot =
        new StepPlot(
            "title",
            "nats",
            List.of(
                new StepPlot.Curve(
                    "one",
                    SeriesColour.GREEN,
                    List.of(
                        new StepPlot.Point(1, 0.5),
                        new StepPlot.Point(2, 0.75),
                        new StepPlot.Point(3, 0.25))),
                new StepPlot.Curve(
                    "other", SeriesColour.RUST, List.of(new StepPlot.Point(3, 0.125)))),
            List.of(3));
    ReportChart chart = plot.chart("name");
    assertThat(chart.numbers().text()).isEqualTo("step,one,other\n1,0.5,\n2,0.75,\n3,0.25,0.125\n");
    assertThat(has(drawn(chart), SeriesColour.GREEN)).isTrue();
  }
}
