package org.longpo.settings;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A small table of keys, one of every kind. */
final class TestKeys {
  static final Section SECTION = new Section("Test");

  static final Key<Path> MODEL =
      SECTION.add(Key.required("model", KeyTypes.FOLDER, "The model's folder."));
  static final Key<Double> RATE =
      SECTION.add(Key.of("learning_rate", KeyTypes.POSITIVE, 5e-7, "Peak learning rate."));
  static final Key<Integer> EPOCHS =
      SECTION.add(Key.of("num_train_epochs", KeyTypes.COUNT, 1, "Passes over the data."));
  static final Key<Double> LAMBDA =
      SECTION.add(
          Key.derived("lambda", KeyTypes.NOT_NEGATIVE, "it depends on the length", "A weight."));
  static final Key<String> OPTIM =
      SECTION.add(
          Key.of(
              "optim",
              KeyTypes.choice(List.of("adamw", "rms-prop"), name -> name),
              "adamw",
              "The optimizer."));
  static final Key<Boolean> SWITCH =
      SECTION.add(Key.of("reference_long", KeyTypes.SWITCH, false, "A switch."));
  static final Key<List<Integer>> LENGTHS =
      SECTION.add(
          Key.of(
              "lengths",
              KeyTypes.list(KeyType.Shape.COMMAS, KeyTypes.COUNT),
              List.of(4096),
              "Lengths."));
  static final Key<List<Path>> DOCUMENTS =
      SECTION.add(Key.derived("documents", KeyTypes.PATHS, "none", "Paths."));

  static final Key<ObjectNode> OBJECT =
      SECTION.add(Key.derived("object", KeyTypes.object("{\"a\": 1}"), "none", "An object."));

  private TestKeys() {}
}
