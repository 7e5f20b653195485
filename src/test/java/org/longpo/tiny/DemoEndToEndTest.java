package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.documents.DocumentSource;
import org.longpo.evaluation.Accuracy;
import org.longpo.evaluation.Evaluation;
import org.longpo.evaluation.LengthScore;
import org.longpo.pipeline.EvolveRun;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/** The whole method on the embedded model, smaller than {@code longpo demo}, with its effect. */
class DemoEndToEndTest {
  /** Three standard errors: by chance alone a difference exceeds them once in 700 times. */
  private static final double MARGIN = 3;

  @TempDir Path folder;

  @Test
  void shouldTeachLongContextsAndKeepTheShortOne() {
    Demo demo = new Demo(folder, DemoScale.small(), 1);
    demo.prepare();
    EvolveRun.Outcome outcome =
        new EvolveRun(demo.settings(), folder, Progress.NONE, Cancellation.NEVER)
            .run(DocumentSource.of(List.of(demo.documents())));

    int length = demo.scale().lengthTokens();
    Accuracy before = accuracy(outcome.base(), length);
    Accuracy ropeAlone = accuracy(outcome.ropeAlone().orElseThrow(), length);
    Accuracy after = accuracy(outcome.evolved(), length);
    assertThat(after.accuracy() - before.accuracy()).isGreaterThan(error(before, after));
    assertThat(after.accuracy() - ropeAlone.accuracy()).isGreaterThan(error(ropeAlone, after));

    Accuracy shortBefore = accuracy(outcome.base(), TinyShape.WINDOW);
    Accuracy shortAfter = accuracy(outcome.evolved(), TinyShape.WINDOW);
    assertThat(shortAfter.accuracy())
        .isGreaterThan(shortBefore.accuracy() - error(shortBefore, shortAfter) - 0.01);
    assertThat(folder.resolve(EvolveRun.PAGE)).content().contains("evidence\":[\"");
  }

  private static Accuracy accuracy(Evaluation evaluation, int length) {
    return evaluation.needle().orElseThrow().byLength().stream()
        .filter(score -> score.length() == length)
        .map(LengthScore::accuracy)
        .findFirst()
        .orElseThrow();
  }

  private static double error(Accuracy one, Accuracy other) {
    return MARGIN
        * Math.hypot(one.standardError().orElseThrow(), other.standardError().orElseThrow());
  }
}
