package org.longpo.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.report.charts.SeriesColour;
import org.longpo.report.charts.StepPlot;

/** The paper's Fig. 6: rewards by step, and what becomes of the chosen answers. */
final class RewardsSection implements Section {
  private static final List<Arm> SHOWN = List.of(Arms.LONGPO, Results.arm("dpo"));

  @Override
  public String title() {
    return "Fig. 6: rewards by step";
  }

  @Override
  public List<Block> blocks(Results results) {
    TrainingCourse course = TrainingCourse.of(results, SHOWN);
    List<Block> blocks = new ArrayList<>();
    for (Arm arm : SHOWN) {
      rewards(course, arm).ifPresent(blocks::add);
    }
    beside(
            course,
            "Log-probability of the chosen answers in training",
            "nats",
            "logps/chosen",
            "chosen-log-probability")
        .ifPresent(blocks::add);
    beside(
            course,
            "KL from the short to the long context in training",
            "nats per token",
            "kl/short_to_long",
            "short-to-long-kl")
        .ifPresent(blocks::add);
    if (!blocks.isEmpty()) {
      blocks.addFirst(
          Text.of(
              "Means over the seeds that are finished, up to the last step that all of them have;"
                  + " a dashed line is where a round begins."));
    }
    return blocks;
  }

  private static Optional<Block> rewards(TrainingCourse course, Arm arm) {
    List<StepPlot.Curve> curves = new ArrayList<>();
    add(curves, "chosen", SeriesColour.GREEN, course.points(arm, "rewards/chosen"));
    add(curves, "rejected", SeriesColour.RUST, course.points(arm, "rewards/rejected"));
    add(curves, "margin", SeriesColour.BLUE, course.points(arm, "rewards/margins"));
    String title = "Rewards in the training of " + arm.name();
    return figure(course, title, "nats", curves, "rewards-" + arm.id());
  }

  private static Optional<Block> beside(
      TrainingCourse course, String title, String unit, String metric, String name) {
    List<StepPlot.Curve> curves = new ArrayList<>();
    SHOWN.forEach(
        arm -> add(curves, arm.name(), ArmColours.of(arm.id()), course.points(arm, metric)));
    return figure(course, title, unit, curves, name);
  }

  private static void add(
      List<StepPlot.Curve> curves, String name, SeriesColour colour, List<StepPlot.Point> points) {
    if (!points.isEmpty()) {
      curves.add(new StepPlot.Curve(name, colour, points));
    }
  }

  private static Optional<Block> figure(
      TrainingCourse course, String title, String unit, List<StepPlot.Curve> curves, String name) {
    return curves.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                new StepPlot(title, unit, curves, course.roundStarts()).chart(name),
                "%s, in %s.".formatted(title, unit)));
  }
}
