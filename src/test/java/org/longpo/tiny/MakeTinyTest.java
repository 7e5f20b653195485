package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;

class MakeTinyTest {
  /** Half of them copies, half of them passages; a checkpoint falls within. */
  private static final MakeTinySettings FEW = MakeTinySettings.ofSteps(TinyWorld.CODES, 6, 3);

  @TempDir Path folder;

  @Test
  void shouldMakeSameModelWhenStoppedAndStartedAgain() {
    Path whole = make("whole", Cancellation.NEVER);
    AtomicInteger steps = new AtomicInteger();
    assertThatThrownBy(() -> make("stopped", () -> steps.incrementAndGet() > 4))
        .isInstanceOf(CancelledException.class);
    Path resumed = make("stopped", Cancellation.NEVER);
    for (String file : new String[] {"model.safetensors", "config.json", "tokenizer.json"}) {
      assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(folder.resolve("stopped/checkpoints")).isDirectory();
    try (Checkpoint checkpoint = Checkpoint.open(whole)) {
      assertThat(checkpoint.config().modelType()).isEqualTo("mistral");
      assertThat(checkpoint.config().maxPositionEmbeddings()).isEqualTo(TinyShape.WINDOW);
      assertThat(checkpoint.tensor("model.norm.weight").type()).isEqualTo(ElementType.BF16);
    }
  }

  @Test
  void shouldMakeAModelOfTheVillage() {
    MakeTinySettings settings = MakeTinySettings.ofSteps(TinyWorld.VILLAGE, 2, 3);
    Path model =
        new MakeTiny(settings, folder.resolve("village"), Progress.NONE, Cancellation.NEVER).run();
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      long parameters =
          ExpectedTensors.of(checkpoint.config()).stream()
              .mapToLong(tensor -> tensor.dimensions().stream().reduce(1L, (a, b) -> a * b))
              .sum();
      assertThat(parameters).isBetween(1_000_000L, 5_000_000L);
      assertThat(checkpoint.config().maxPositionEmbeddings()).isEqualTo(TinyShape.WINDOW);
    }
  }

  private Path make(String name, Cancellation cancellation) {
    return new MakeTiny(FEW, folder.resolve(name), Progress.NONE, cancellation).run();
  }
}
