package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;
import org.longpo.text.ChatSettings;

class InductionWeightsTest {
  private static final int LENGTH = 30;
  private static final int REPETITIONS = 20;
  private static final int FIRST_WORD = 600;

  @TempDir Path folder;

  /** What stood after a token the last time is more likely than what never stood there. */
  @Test
  void shouldSayWhatFollowedATokenBeforeTheFirstStep() {
    try (OpenModel model = open(untrained())) {
      Random random = new Random(5);
      int words = model.tokenizer().vocabularySize();
      int higher = 0;
      int all = 0;
      for (int i = 0; i < REPETITIONS; i++) {
        int[] text = random.ints(LENGTH, FIRST_WORD, words).toArray();
        int repeated = 1 + random.nextInt(LENGTH - 2);
        double expected = logProb(model, text, repeated, text[repeated]);
        for (int other : random.ints(5, FIRST_WORD, words).toArray()) {
          higher += expected > logProb(model, text, repeated, other) ? 1 : 0;
          all++;
        }
      }
      // By chance half of them; the heads find the place in most texts.
      assertThat((double) higher / all).isGreaterThan(0.9);
    }
  }

  /** Of a token after the text and its beginning up to a place once more. */
  private static double logProb(OpenModel model, int[] text, int place, int token) {
    int[] sequence = new int[1 + LENGTH + place + 1];
    System.arraycopy(text, 0, sequence, 1, LENGTH);
    System.arraycopy(text, 0, sequence, 1 + LENGTH, place);
    sequence[sequence.length - 1] = token;
    return model
        .scorer()
        .logProbs(List.of(sequence), new int[] {sequence.length - 1})
        .getFirst()[0];
  }

  private Path untrained() {
    MakeTinySettings settings = MakeTinySettings.ofSteps(TinyWorld.VILLAGE, 2, 3);
    try {
      new MakeTiny(settings, folder, Progress.NONE, () -> true).run();
    } catch (CancelledException stopped) {
      // Before the first step: the untrained model is there.
    }
    return folder.resolve("untrained");
  }

  private static OpenModel open(Path model) {
    return OpenModel.open(
        new ModelChoice(
            model,
            Optional.of("float32"),
            "cpu",
            RopeOverride.NONE,
            ChatSettings.DEFAULTS,
            EngineOptions.DEFAULTS));
  }
}
