package org.longpo.reproduction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.files.AtomicFile;
import org.longpo.report.charts.Picture;
import org.longpo.report.charts.ReportChart;

/**
 * The page about a reproduction, in Markdown, with its pictures beside it. It is written from the
 * records that are finished and says what is missing. The same records give the same bytes.
 */
final class ReproductionPage {
  private static final List<Section> SECTIONS =
      List.of(
          new RunSection(),
          new MissingSection(),
          new ClaimsSection(Reasons.read()),
          new LongSection(),
          new SkillsSection(),
          new RewardsSection(),
          new SignificanceSection(),
          new OtherArmsSection(),
          new SweepsSection(),
          new RatesSection(),
          new WarningsSection());

  private final Path page;
  private final boolean draws;
  private final List<String> lines = new ArrayList<>();
  private boolean lacksPictures;

  private ReproductionPage(Path page, boolean draws) {
    this.page = page;
    this.draws = draws;
  }

  /**
   * Writes page and pictures: those of {@code docs/reproduction.md} to {@code docs/reproduction/}.
   *
   * @param records any of those that the scale has
   * @return a warning, where this machine cannot draw pictures
   * @throws org.longpo.error.UserError if records are not of the same base and questions
   */
  static Optional<String> write(List<ArmRecord> records, ReproductionScale scale, Path page) {
    return write(records, scale, page, Picture.isPossible());
  }

  static Optional<String> write(
      List<ArmRecord> records, ReproductionScale scale, Path page, boolean draws) {
    return new ReproductionPage(page, draws).write(Results.of(records, scale));
  }

  private Optional<String> write(Results results) {
    lines.add("# The paper's experiments in small");
    for (Section section : SECTIONS) {
      List<Section.Block> blocks = section.blocks(results);
      if (!blocks.isEmpty()) {
        lines.add("");
        lines.add("## " + section.title());
        blocks.forEach(this::add);
      }
    }
    AtomicFile.writeText(page, String.join("\n", lines) + "\n");
    return lacksPictures
        ? Optional.of(
            "the pictures of %s are missing, as this machine has no fonts; install fontconfig and a font, such as Debian's package fonts-dejavu-core, and run longpo reproduce again."
                .formatted(page))
        : Optional.empty();
  }

  private void add(Section.Block block) {
    lines.add("");
    switch (block) {
      case Section.Text text -> lines.addAll(text.lines());
      case Section.Figure figure -> add(figure);
    }
  }

  private void add(Section.Figure figure) {
    ReportChart chart = figure.chart();
    Path folder = folder();
    String numbers = chart.name() + ".csv";
    AtomicFile.writeText(folder.resolve(numbers), chart.numbers().text());
    chart.picture().ifPresent(picture -> draw(picture, chart.name(), figure.caption()));
    lines.add("%s ([numbers](%s/%s))".formatted(figure.caption(), folder.getFileName(), numbers));
  }

  private void draw(Picture picture, String name, String caption) {
    if (draws) {
      String file = name + ".png";
      AtomicFile.write(folder().resolve(file), picture::writePng);
      lines.add("![%s](%s/%s)".formatted(caption, folder().getFileName(), file));
      lines.add("");
    } else {
      lacksPictures = true;
    }
  }

  /** Named like the page, without its ending. */
  private Path folder() {
    String name = page.getFileName().toString();
    int ending = name.lastIndexOf('.');
    return page.resolveSibling(ending > 0 ? name.substring(0, ending) : name + "-files");
  }
}
