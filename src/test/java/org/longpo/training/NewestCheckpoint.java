package org.longpo.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.longpo.files.Json;
import tools.jackson.databind.JsonNode;

/** The checkpoint that a training would go on from. */
public final class NewestCheckpoint {
  private NewestCheckpoint() {}

  /**
   * Its step; empty if no checkpoint is whole.
   *
   * @param last no checkpoint of a later step is looked for
   */
  public static OptionalInt step(TrainingFolder run, int last) {
    for (int step = last; step > 0; step--) {
      Path state = run.checkpoints().resolve("checkpoint-" + step + "/state.json");
      if (Files.exists(state)) {
        String identity = Json.read(state, JsonNode.class).path("run").asString();
        return new StateStore<>(run.checkpoints(), identity, TrainingState.class, s -> true)
            .newest()
            .map(newest -> OptionalInt.of(newest.step()))
            .orElse(OptionalInt.empty());
      }
    }
    return OptionalInt.empty();
  }
}
