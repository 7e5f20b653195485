package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.longpo.evaluation.comparison.CrossedScores;
import org.longpo.report.charts.CategoryPlot;

/**
 * The paper's Fig. 3: margins over the base at short contexts, of skills that training never
 * touches, and of those that it trains.
 */
final class SkillsSection implements Section {
  @Override
  public String title() {
    return "Fig. 3: short skills against the base";
  }

  @Override
  public List<Block> blocks(Results results) {
    return results
        .base()
        .map(
            base -> {
              List<Block> blocks = new ArrayList<>();
              List<Trained> models = models(results);
              if (!models.isEmpty()) {
                add(
                    blocks,
                    new Margins(base, models, key -> !key.hasText()),
                    "skills",
                    "Skills without a text, which pairs never ask for");
                add(
                    blocks,
                    new Margins(base, models, Measure.WINDOW::covers),
                    "window",
                    "Questions about texts of %d tokens, of kinds that pairs may ask"
                        .formatted(Measure.WINDOW_TOKENS));
              }
              return blocks;
            })
        .orElse(List.of());
  }

  private static List<Trained> models(Results results) {
    return Arms.HEADLINE.stream()
        .flatMap(
            arm -> results.lastRound(arm).flatMap(round -> results.trained(arm, round)).stream())
        .toList();
  }

  private static void add(List<Block> blocks, Margins margins, String name, String title) {
    if (!margins.keys().isEmpty()) {
      blocks.add(
          new Figure(
              margins.plot(title).chart(name + "-margins"),
              title + ": points of 100 above the base, with standard errors."));
      blocks.add(margins.table());
    }
  }

  /**
   * @param shown which tasks
   */
  private record Margins(Trained base, List<Trained> models, Predicate<ScoreKey> shown) {
    List<ScoreKey> keys() {
      return base.keys().stream().filter(shown).toList();
    }

    private Optional<CrossedScores> margin(Trained model, ScoreKey key) {
      return new Comparison(model, base, Measure.of(key)).margins();
    }

    CategoryPlot plot(String title) {
      List<CategoryPlot.Series> series = new ArrayList<>();
      for (Trained model : models) {
        series.add(
            new CategoryPlot.Series(
                model.nameWithRound(),
                ArmColours.of(model),
                keys().stream().map(key -> margin(model, key).map(Points::of)).toList()));
      }
      return new CategoryPlot(
          title,
          "",
          "points of 100 above the base",
          keys().stream().map(ScoreKey::shortName).toList(),
          series,
          CategoryPlot.Form.POINTS);
    }

    Text table() {
      List<String> heads = new ArrayList<>(List.of("", "base"));
      models.forEach(model -> heads.add(model.nameWithRound()));
      MarkdownTable table = new MarkdownTable(1, heads);
      for (ScoreKey key : keys()) {
        List<String> cells = new ArrayList<>();
        cells.add(key.shortName());
        cells.add(ScoreTable.cell(base, Measure.of(key)));
        models.forEach(
            model -> cells.add(margin(model, key).map(Figures::margin).orElse(Figures.NONE)));
        table.add(cells);
      }
      return table.text();
    }
  }
}
