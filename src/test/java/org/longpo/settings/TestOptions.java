package org.longpo.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A record of options, one of every kind. */
@Section("Test")
record TestOptions(
    @Option(label = "DIR", meaning = "The model's folder.") Path model,
    @Option(defaultValue = "5e-7", meaning = "Peak learning rate.") @Range(above = 0)
        double learningRate,
    @Option(defaultValue = "1", meaning = "Passes over the data.") @Range(from = 1)
        int numTrainEpochs,
    @Option(
            defaultText = "it depends on the length",
            derivedBy = LambdaOfLength.class,
            meaning = "A weight.")
        @Range(from = 0)
        double lambda,
    @Option(defaultValue = "adamw", meaning = "The optimizer.") @Choice({"adamw", "rms-prop"})
        String optim,
    Lists lists,
    Optional<Adapter> adapter) {
  record Lists(
      @Option(defaultValue = "false", meaning = "A switch.") boolean referenceLong,
      @Option(defaultValue = "4096", meaning = "Lengths.") @Range(from = 1) List<Integer> lengths,
      @Option(defaultText = "none", meaning = "Paths.") List<Path> documents,
      @Option(defaultText = "none", type = AnObject.class, meaning = "An object.")
          Optional<ObjectNode> object) {}

  /** Absent unless its rank is given. */
  record Adapter(
      @Option(name = "rank", defaultText = "no adapter", meaning = "Its rank.") @Range(from = 1)
          int columns,
      @Option(defaultValue = "1", meaning = "Its factor.") double scale) {}

  static final class AnObject implements ValueType.Factory {
    @Override
    public ValueType<?> create() {
      return ValueTypes.object("{\"a\": 1}");
    }
  }

  static final class LambdaOfLength implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return supplied.find("length", Integer.class).map(length -> 1.0 / length);
    }
  }

  static final Schema SCHEMA = Schema.of(Variants.NONE, TestOptions.class);
  static final SuppliedValues LENGTH_4 = SuppliedValues.of("length", 4);
}
