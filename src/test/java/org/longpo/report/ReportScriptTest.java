package org.longpo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;

/** What the page's scripts make in a browser; {@code mvn verify -Pbrowser} runs it. */
@Tag("browser")
class ReportScriptTest {
  private static final String HOSTILE =
      "</script><img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'"
          + "</script> & {{style}} <b>bold</b>";

  /** Collects errors of the scripts that follow. */
  private static final String BEFORE =
      """
      <script>
      window.errors = [];
      addEventListener("error", (event) => errors.push(event.message));
      addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
      </script>
      """;

  /** Sums up the document in an element that is easy to find in its HTML. */
  private static final String AFTER =
      """
      <script>
      const texts = (node, selector) =>
        [...node.querySelectorAll(selector)].map((found) => found.textContent);
      const summary = {
        title: document.title,
        errors,
        heading: document.querySelector("h1").textContent,
        tiles: texts(document, ".tile .value"),
        links: [...document.querySelectorAll(".files a")].map((a) => a.getAttribute("href")),
        foreign: document.querySelectorAll("main img, main b, main script").length,
        sections: [...document.querySelectorAll("section")].map((section) => ({
          title: section.querySelector("h2").textContent,
          empty: texts(section, ".empty"),
          charts: [...section.querySelectorAll(".chart")].map((chart) => ({
            label: chart.getAttribute("aria-label"),
            shapes: chart.querySelectorAll("svg path").length,
          })),
          rows: [...section.querySelectorAll("tbody tr")].map((row) => texts(row, "td")),
          names: texts(section, "tbody th"),
          paragraphs: texts(section, ".written"),
          marks: texts(section, "mark"),
        })),
      };
      const place = document.createElement("pre");
      place.id = "summary";
      place.textContent = encodeURIComponent(JSON.stringify(summary));
      document.body.append(place);
      </script>
      """;

  private static final Pattern SUMMARY = Pattern.compile("<pre id=\"summary\">([^<]*)</pre>");

  private record Summary(
      String title,
      List<String> errors,
      String heading,
      List<String> tiles,
      List<String> links,
      int foreign,
      List<Section> sections) {
    Section section(String wanted) {
      return sections.stream()
          .filter(section -> section.title().equals(wanted))
          .findFirst()
          .orElseThrow();
    }
  }

  private record Section(
      String title,
      List<String> empty,
      List<Chart> charts,
      List<List<String>> rows,
      List<String> names,
      List<String> paragraphs,
      List<String> marks) {}

  private record Chart(String label, int shapes) {}

  private static final List<String> WITH_CHARTS =
      List.of(
          "Long contexts",
          "Where in the context",
          "The short context",
          "Training",
          "Pairs the model made for itself");

  @TempDir Path folder;

  private Summary open(ReportData data) throws IOException {
    return open(ReportPage.of(data));
  }

  private Summary open(String page) throws IOException {
    int begin = page.indexOf("<main");
    // The chart library has the end tag in a string, too.
    int end = page.lastIndexOf("</body>");
    String observed =
        page.substring(0, begin)
            + BEFORE
            + page.substring(begin, end)
            + AFTER
            + page.substring(end);
    String document =
        HeadlessBrowser.find().open(Files.writeString(folder.resolve("page.html"), observed));
    Matcher summary = SUMMARY.matcher(document);
    assertThat(summary.find()).as("the scripts ran to the end").isTrue();
    String json = URLDecoder.decode(summary.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    Summary made = Json.parse(json, Summary.class, "the page's summary");
    assertThat(made.errors()).as("script errors").isEmpty();
    return made;
  }

  @Test
  void shouldDrawEverySectionThatHasData() throws IOException {
    Summary page = open(SampleReport.of("text"));
    assertThat(page.heading()).isEqualTo("text");
    assertThat(page.sections())
        .extracting(Section::title)
        .containsExactly(
            "Long contexts",
            "Where in the context",
            "The short context",
            "Training",
            "Pairs the model made for itself",
            "Pairs side by side",
            "The run");
    assertThat(page.sections()).allSatisfy(section -> assertThat(section.empty()).isEmpty());
    assertThat(page.sections())
        .filteredOn(section -> !section.charts().isEmpty())
        .extracting(Section::title)
        .containsExactlyElementsOf(WITH_CHARTS);
    assertThat(page.sections())
        .flatExtracting(Section::charts)
        .allSatisfy(chart -> assertThat(chart.shapes()).as(chart.label()).isGreaterThan(4));
  }

  @Test
  void shouldShowTheFiguresOfEveryTaskAndModel() throws IOException {
    Summary page = open(SampleReport.of("text"));
    assertThat(page.tiles()).containsExactly("25.0%→75.0%", "1.23→1.23", "40", "0.30→0.30");
    assertThat(page.section("Long contexts").rows())
        .containsExactly(
            List.of("before text", "1,024", "25.0%", "2.0%", "400"),
            List.of("before text", "4,096", "25.0%", "2.0%", "400"),
            List.of("after text", "1,024", "75.0%", "2.0%", "400"),
            List.of("after text", "4,096", "75.0%", "2.0%", "400"));
    assertThat(page.section("Where in the context").charts())
        .extracting(Chart::label)
        .containsExactly(
            "Needle in a haystack of before text by length and depth",
            "Needle in a haystack of after text by length and depth");
    assertThat(page.section("Where in the context").rows())
        .hasSize(8)
        .contains(List.of("4,096", "100%", "75.0%", "400"));
    assertThat(page.section("The short context").rows())
        .containsExactly(
            List.of("before text", "1.23", "0.02", "400"),
            List.of("after text", "1.23", "0.02", "400"));
    assertThat(page.section("Training").charts())
        .extracting(Chart::label)
        .containsExactly("Rewards", "Loss", "Short-to-long KL", "Learning rate");
    assertThat(page.section("The run").rows())
        .containsExactly(
            List.of("1", "4,096", "20", "40", "2", "1", "5", "text"), List.of("text", "text"));
  }

  @Test
  void shouldShowATileForEveryShortTaskAndForALongOneOfBothModels() throws IOException {
    assertThat(open(SampleReport.withQuestions()).tiles())
        .containsExactly("25.0%→75.0%", "50.0%→50.0%", "1.23→1.23", "40", "0.30→0.30");
  }

  @Test
  void shouldSayInASentenceWhatThereIsNotYet() throws IOException {
    Summary page = open(SampleReport.EMPTY);
    assertThat(page.tiles()).isEmpty();
    assertThat(page.sections()).hasSize(6);
    assertThat(page.sections())
        .allSatisfy(
            section -> {
              assertThat(section.empty()).as(section.title()).hasSize(1);
              assertThat(section.charts()).isEmpty();
              assertThat(section.rows()).isEmpty();
            });
  }

  @Test
  void shouldShowTextThatLooksLikeHtmlAsText() throws IOException {
    Summary page = open(SampleReport.of(HOSTILE));
    assertThat(page.title()).isEqualTo(HOSTILE);
    assertThat(page.heading()).isEqualTo(HOSTILE);
    assertThat(page.foreign()).isZero();
    // Instruction, chosen, rejected answer, and the passage.
    assertThat(page.section("Pairs side by side").paragraphs()).hasSize(4).containsOnly(HOSTILE);
    assertThat(page.section("Pairs side by side").marks()).hasSize(3).containsOnly(HOSTILE);
  }

  @Test
  void shouldShowAGapWhereAFigureIsNotFinite() throws IOException {
    Summary page = open(SampleReport.of("text", Double.NaN));
    assertThat(page.section("Training").rows()).contains(List.of("1", "1", "–", "1.5"));
  }

  @Test
  void shouldShowThePapersTablesWithItsOwnFigures() throws IOException {
    Section paper = open(PaperSample.report(PaperSample.everything())).section("As in the paper");
    assertThat(paper.names())
        .containsSubsequence(
            "This run", "before", "Published: arXiv:2502.13922v3, Table 1", "GPT-4-128K")
        .contains(
            "Published: arXiv:2502.13922v3, Table 2", "Published: arXiv:2502.13922v3, Table 3");
    // A heading, three models, a heading, 16 published ones; RULER in five parts at six lengths.
    assertThat(paper.rows()).hasSizeGreaterThan(1 + 3 + 1 + 16 + 1 + 15 + 1 + 25 + 1 + 3 + 1 + 6);
    assertThat(paper.rows().get(1))
        .containsExactly(
            "", "23.00", "24.00", "25.00", "24.00", "8.50", "13.00", "16.50", "12.67", "3.00");
    assertThat(paper.rows())
        .contains(
            List.of("NIAH", "13.50", "8.50", "3.50", "—", "—", "—", "—", "8.50"),
            List.of("NIAH", "—", "99.69", "98.45", "97.82", "95.24", "74.56", "26.86", "82.10"),
            List.of("59.15", "59.26", "83.20", "78.40", "6.34"));
    assertThat(paper.charts())
        .extracting(Chart::label)
        .containsExactly("Short contexts against the model before, by task");
    assertThat(paper.charts().getFirst().shapes()).isGreaterThan(30);
  }

  @Test
  void shouldShowLongTasksWithoutLengthsByModel() throws IOException {
    Summary page =
        open(PaperSample.report(PaperSample.of(PaperSample.INFINITEBENCH, List.of(4096))));
    assertThat(page.section("Long contexts").charts())
        .hasSize(3)
        .allSatisfy(chart -> assertThat(chart.shapes()).isGreaterThan(4));
    assertThat(page.section("Long contexts").rows()).hasSize(9);
  }

  /** A chart of the page without its files, or files that no chart links to, would be a mistake. */
  @Test
  void shouldLinkToEveryFileOfEveryChart() throws IOException {
    List<ReportData> reports =
        List.of(
            SampleReport.of("text"),
            SampleReport.withQuestions(),
            PaperSample.report(PaperSample.everything()));
    for (ReportData report : reports) {
      Path run = folder.resolve("run");
      AtomicFile.deleteRecursively(run);
      Path page = run.resolve("report.html");
      assertThat(ReportFiles.write(report, page)).isEmpty();
      List<String> files;
      try (Stream<Path> found = Files.list(page.resolveSibling(ReportFiles.CHARTS))) {
        files = found.map(file -> ReportFiles.CHARTS + "/" + file.getFileName()).toList();
      }
      Summary shown = open(Files.readString(page));
      assertThat(shown.links()).containsExactlyInAnyOrderElementsOf(files);
      long charts = shown.sections().stream().mapToLong(section -> section.charts().size()).sum();
      assertThat(files).filteredOn(file -> file.endsWith(".png")).hasSize((int) charts);
    }
  }
}
