package org.longpo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.longpo.files.Json;

class ReportPageTest {
  /** All that could end a script element, begin markup, name a placeholder or break JavaScript. */
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> & {{style}} $1 \\ \" '"
          + " \u2028 \u2029 \u0000 \u202e \ud83d\ude00";

  private static final Pattern DATA =
      Pattern.compile("<script id=\"data\" type=\"application/json\">(.*?)</script>");

  @Test
  void shouldCarryEveryFigureAndText() {
    ReportData data = SampleReport.of("harmless");
    assertThat(dataOf(ReportPage.of(data))).isEqualTo(data);
  }

  @Test
  void shouldCarryHostileTextUnharmed() {
    ReportData data = SampleReport.of(HOSTILE);
    assertThat(dataOf(ReportPage.of(data))).isEqualTo(data);
  }

  @Test
  void shouldHoldSameElementsWhateverTheTextSays() {
    assertThat(count(ReportPage.of(SampleReport.of(HOSTILE)), "<script"))
        .isEqualTo(count(ReportPage.of(SampleReport.of("harmless")), "<script"));
    assertThat(jsonOf(ReportPage.of(SampleReport.of(HOSTILE))))
        .doesNotContain("<", ">", "&", "\u2028", "\u2029");
  }

  @Test
  void shouldEscapeTitle() {
    assertThat(ReportPage.of(SampleReport.of("a <b> & c")))
        .contains("<title>a &lt;b&gt; &amp; c</title>");
  }

  @Test
  void shouldGiveSameBytesForSameData() {
    assertThat(ReportPage.of(SampleReport.of("x"))).isEqualTo(ReportPage.of(SampleReport.of("x")));
  }

  @Test
  void shouldNeedNoNetwork() {
    String page = ReportPage.of(SampleReport.of("x"));
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
    assertThat(dataOf(ReportPage.of(SampleReport.EMPTY))).isEqualTo(SampleReport.EMPTY);
  }

  @Test
  void shouldCarryFiguresThatAreNotFinite() {
    ReportData data = SampleReport.of("x", Double.NaN);
    assertThat(dataOf(ReportPage.of(data)).training().getFirst().metrics().get("loss")).isNaN();
    ReportData diverged = SampleReport.of("x", Double.POSITIVE_INFINITY);
    assertThat(dataOf(ReportPage.of(diverged))).isEqualTo(diverged);
  }

  @Test
  void shouldReplaceEveryPlaceholder() {
    assertThat(ReportPage.of(SampleReport.of("x"))).doesNotContainPattern("\\{\\{\\w+}}");
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
}
