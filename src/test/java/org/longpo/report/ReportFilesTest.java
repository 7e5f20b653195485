package org.longpo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  @TempDir Path folder;

  private Path write(ReportData data, String run) {
    Path page = folder.resolve(run).resolve("report.html");
    assertThat(ReportFiles.write(data, page)).isEmpty();
    return page.resolveSibling(ReportFiles.CHARTS);
  }

  private static Set<String> names(Path charts) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(charts)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }

  @Test
  void shouldWriteNumbersAndAPictureOfEveryChart() throws IOException {
    Path charts = write(SampleReport.of("text"), "run");
    assertThat(names(charts).stream().filter(name -> name.endsWith(".csv")))
        .containsExactly(
            "depth-needle-1.csv",
            "depth-needle-2.csv",
            "pairs.csv",
            "task-bits-per-byte.csv",
            "task-needle.csv",
            "training-kl.csv",
            "training-learning-rate.csv",
            "training-loss.csv",
            "training-rewards.csv");
    for (String name : names(charts)) {
      if (name.endsWith(".csv")) {
        Path picture = charts.resolve(name.replace(".csv", ".png"));
        assertThat(colours(ImageIO.read(picture.toFile()))).as(name).hasSizeGreaterThan(4);
      }
    }
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new TreeSet<>();
    for (int x = 0; x < image.getWidth(); x += 2) {
      for (int y = 0; y < image.getHeight(); y += 2) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }

  @Test
  void shouldWriteNumbersAsTheyAre() throws IOException {
    Path charts = write(SampleReport.of("a, \"b\""), "run");
    assertThat(charts.resolve("task-needle.csv"))
        .hasContent(
            """
            model,length_tokens,metric,value,standard_error,n
            "before a, ""b""\",1024,accuracy,0.25,0.02,400
            "before a, ""b""\",4096,accuracy,0.25,0.02,400
            "after a, ""b""\",1024,accuracy,0.75,0.02,400
            "after a, ""b""\",4096,accuracy,0.75,0.02,400
            """);
    assertThat(charts.resolve("depth-needle-2.csv"))
        .content()
        .startsWith("model,length_tokens,depth,metric,value,n\n")
        .contains("\"after a, \"\"b\"\"\",4096,100%,accuracy,0.75,400\n");
    assertThat(charts.resolve("training-loss.csv"))
        .hasContent(
            "round,first_step,step,loss,nll\n1,1,1,2.5,1.5\n1,2,2,2.0,1.5\n1,3,3,1.75,1.5\n");
    assertThat(charts.resolve("pairs.csv"))
        .hasContent("round,outcome,candidates\n1,kept,40\n1,\"a, \"\"b\"\"\",3\n");
  }

  @Test
  void shouldWriteThePapersTables() throws IOException {
    Path charts = write(PaperSample.report(PaperSample.everything()), "run");
    assertThat(names(charts))
        .contains("paper-table-1.csv", "paper-figure-3.csv", "paper-figure-3.png")
        .doesNotContain("paper-table-1.png");
    List<String> lines = Files.readAllLines(charts.resolve("paper-table-3.csv"));
    assertThat(lines)
        .hasSize(1 + 3 + 6)
        .startsWith("source,model,MMLU,ARC-C,HellaSwag,WinoGrande,MT-Bench")
        .endsWith(
            "\"arXiv:2502.13922v3, Table 3\",Qwen2.5-7B-LongPO-128K,73.64,65.7,80.82,74.98,7.62");
    assertThat(lines.get(1)).startsWith("this run,before,26.0");
    assertThat(Files.readAllLines(charts.resolve("paper-figure-3.csv"))).hasSize(1 + 5 * (2 + 4));
  }

  @Test
  void shouldGiveSameBytesForSameData() throws IOException {
    Path one = write(SampleReport.of("text"), "one");
    Path other = write(SampleReport.of("text"), "other");
    assertThat(names(one)).isEqualTo(names(other));
    for (String name : names(one)) {
      assertThat(one.resolve(name)).hasSameBinaryContentAs(other.resolve(name));
    }
  }

  @Test
  void shouldDrawGapsWhereAFigureIsNotFinite() throws IOException {
    Path charts = write(SampleReport.of("text", Double.NaN), "run");
    assertThat(charts.resolve("training-loss.csv")).content().contains("\n1,1,1,NaN,1.5\n");
    assertThat(charts.resolve("training-loss.png")).isNotEmptyFile();
  }

  @Test
  void shouldHaveNoChartsWithoutFigures() {
    assertThat(write(SampleReport.EMPTY, "run")).doesNotExist();
    assertThat(folder.resolve("run/report.html")).exists();
  }
}
