package org.longpo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.longpo.files.Json;
import org.longpo.report.ReportData.AccuracyPoint;
import org.longpo.report.ReportData.AccuracySeries;
import org.longpo.report.ReportData.DropCount;
import org.longpo.report.ReportData.DroppedPair;
import org.longpo.report.ReportData.Fact;
import org.longpo.report.ReportData.Generation;
import org.longpo.report.ReportData.HeatMap;
import org.longpo.report.ReportData.HeatMapCell;
import org.longpo.report.ReportData.PairExample;
import org.longpo.report.ReportData.Round;
import org.longpo.report.ReportData.ShortScore;
import org.longpo.report.ReportData.TrainingStep;

class ReportPageTest {
  /** All that could end a script element, begin markup, name a placeholder or break JavaScript. */
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> & {{style}} $1 \\ \" '"
          + " \u2028 \u2029 \u0000 \u202e \ud83d\ude00";

  private static final Pattern DATA =
      Pattern.compile("<script id=\"data\" type=\"application/json\">(.*?)</script>");

  @Test
  void shouldCarryEveryFigureAndText() {
    ReportData data = full("harmless");
    assertThat(dataOf(ReportPage.of(data))).isEqualTo(data);
  }

  @Test
  void shouldCarryHostileTextUnharmed() {
    ReportData data = full(HOSTILE);
    assertThat(dataOf(ReportPage.of(data))).isEqualTo(data);
  }

  @Test
  void shouldHoldSameElementsWhateverTheTextSays() {
    assertThat(count(ReportPage.of(full(HOSTILE)), "<script"))
        .isEqualTo(count(ReportPage.of(full("harmless")), "<script"));
    assertThat(jsonOf(ReportPage.of(full(HOSTILE))))
        .doesNotContain("<", ">", "&", "\u2028", "\u2029");
  }

  @Test
  void shouldEscapeTitle() {
    assertThat(ReportPage.of(full("a <b> & c"))).contains("<title>a &lt;b&gt; &amp; c</title>");
  }

  @Test
  void shouldGiveSameBytesForSameData() {
    assertThat(ReportPage.of(full("x"))).isEqualTo(ReportPage.of(full("x")));
  }

  @Test
  void shouldNeedNoNetwork() {
    String page = ReportPage.of(full("x"));
    // The browser refuses every request, whatever a script might ask for.
    assertThat(page).contains("Content-Security-Policy", "default-src 'none'");
    String markup =
        Pattern.compile("(<script>).*?(?=</script>)", Pattern.DOTALL)
            .matcher(page)
            .replaceAll("$1");
    assertThat(markup).contains("<style>").doesNotContain("src=", "href=", "@import", "url(");
  }

  @Test
  void shouldLeaveOutWhatThereIsNot() {
    ReportData nothing =
        new ReportData(
            "t",
            "",
            List.of(),
            OptionalInt.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(dataOf(ReportPage.of(nothing))).isEqualTo(nothing);
  }

  @Test
  void shouldCarryFiguresThatAreNotFinite() {
    ReportData data = withLoss(Double.NaN);
    assertThat(dataOf(ReportPage.of(data)).training().getFirst().loss().orElseThrow()).isNaN();
    ReportData diverged = withLoss(Double.POSITIVE_INFINITY);
    assertThat(dataOf(ReportPage.of(diverged))).isEqualTo(diverged);
  }

  @Test
  void shouldReplaceEveryPlaceholder() {
    assertThat(ReportPage.of(full("x"))).doesNotContainPattern("\\{\\{\\w+}}");
  }

  private static ReportData dataOf(String page) {
    return Json.parse(jsonOf(page), ReportData.class, "the page's data");
  }

  private static String jsonOf(String page) {
    Matcher matcher = DATA.matcher(page);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static long count(String page, String part) {
    return Pattern.compile(Pattern.quote(part)).matcher(page).results().count();
  }

  private static ReportData full(String text) {
    return report(text, 2.5);
  }

  private static ReportData withLoss(double loss) {
    return report("x", loss);
  }

  private static ReportData report(String text, double loss) {
    return new ReportData(
        text,
        text,
        List.of(new Fact(text, text)),
        OptionalInt.of(512),
        List.of(
            new AccuracySeries(
                text, List.of(new AccuracyPoint(1024, 0.5, OptionalDouble.of(0.02), 400)))),
        List.of(new HeatMap(text, List.of(new HeatMapCell(1024, 0.25, 0.75, 80)))),
        List.of(new ShortScore(text, false, text, 1.23, OptionalDouble.empty())),
        List.of(
            new TrainingStep(
                1,
                1,
                2,
                OptionalDouble.of(loss),
                OptionalDouble.of(1.5),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(0.3),
                OptionalDouble.of(0.05),
                OptionalDouble.of(3e-4))),
        List.of(
            new Generation(
                1,
                40,
                List.of(
                    new DropCount(
                        text,
                        3,
                        Optional.of(
                            new DroppedPair(text, text, Optional.of(text), Optional.empty())))))),
        List.of(new Round(1, 4096, 20, 40, 2, 1, 5, text)),
        List.of(new PairExample(1, text, 4096, text, text, text, text, List.of(text))));
  }
}
