package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.documents.DocumentSource;
import org.longpo.evaluation.Estimate;
import org.longpo.evaluation.Evaluation;
import org.longpo.pipeline.EvolveRun;
import org.longpo.pipeline.RunLayout;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** The whole method on the embedded model, smaller than {@code longpo demo}, with its effect. */
class DemoEndToEndTest {
  /** Three standard errors: by chance alone a difference exceeds them once in 700 times. */
  private static final double MARGIN = 3;

  /** Eight times the window at once, with as little work as still shows the effect. */
  private static final DemoScale SMALL =
      new DemoScale(
          List.of(new DemoScale.Round(8 * TinyShape.WINDOW, /* documents= */ 60, 1e-3)),
          /* pairsPerDocument= */ 8,
          /* documentsPerStep= */ 2,
          /* haystacks= */ 8,
          /* questionsPerHaystack= */ 10);

  @TempDir Path folder;

  @Test
  void shouldTeachLongContextsAndKeepTheShortOne() {
    Demo demo = new Demo(folder, SMALL, 1);
    demo.prepare();
    RunLayout.Evolve layout = new RunLayout.Evolve(folder);
    EvolveRun.Outcome outcome =
        new EvolveRun(demo.settings(), layout, Progress.NONE, Cancellation.NEVER)
            .run(DocumentSource.of(List.of(demo.documents())));

    int length = demo.scale().lengthTokens();
    Estimate before = accuracy(outcome.base(), length);
    Estimate ropeAlone = accuracy(outcome.ropeAlone().orElseThrow(), length);
    Estimate after = accuracy(outcome.evolved(), length);
    assertThat(after.value() - before.value()).isGreaterThan(error(before, after));
    assertThat(after.value() - ropeAlone.value()).isGreaterThan(error(ropeAlone, after));

    Estimate shortBefore = accuracy(outcome.base(), TinyShape.WINDOW);
    Estimate shortAfter = accuracy(outcome.evolved(), TinyShape.WINDOW);
    assertThat(shortAfter.value())
        .isGreaterThan(shortBefore.value() - error(shortBefore, shortAfter) - 0.01);
    assertThat(layout.reportPage()).content().contains("evidence\":[\"");
  }

  private static Estimate accuracy(Evaluation evaluation, int length) {
    return evaluation
        .task("needle")
        .flatMap(result -> result.headline(OptionalInt.of(length)))
        .orElseThrow();
  }

  private static double error(Estimate one, Estimate other) {
    return MARGIN
        * Math.hypot(one.standardError().orElseThrow(), other.standardError().orElseThrow());
  }
}
