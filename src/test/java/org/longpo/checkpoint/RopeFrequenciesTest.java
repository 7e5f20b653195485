package org.longpo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Held against transformers' own module: references/make_rope_golden.py. */
class RopeFrequenciesTest {
  static List<JsonNode> goldenCases() {
    return GoldenCases.read("rope-golden.json");
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void shouldAgreeWithTransformers(JsonNode golden) {
    ModelConfig config = ModelConfigReader.parse(golden.get("config"), "config.json");

    RopeFrequencies frequencies =
        RopeFrequencies.of(
            config.rope(),
            config.headDim(),
            config.maxPositionEmbeddings(),
            golden.get("length").intValue());

    float[] found = frequencies.inverse();
    JsonNode expected = golden.get("inverseFrequencies");
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < found.length; i++) {
      float reference = (float) expected.get(i).doubleValue();
      // torch's vectorised power is within one unit in the last place of the true value, ours is
      // rounded correctly; the kinds with a ramp add and subtract such values once more. A grown
      // base (dynamic) is itself such a power, raised to at most the first power.
      assertThat(found[i]).isCloseTo(reference, within(2 * Math.ulp(reference)));
    }
    // Doubles on both sides; the logarithm may differ in the last place.
    double factor = golden.get("attentionFactor").doubleValue();
    assertThat(frequencies.attentionFactor()).isCloseTo(factor, within(2 * Math.ulp(factor)));
  }

  @Test
  void shouldMostlyAgreeToTheLastBit() {
    int values = 0;
    int equal = 0;
    for (JsonNode golden : goldenCases()) {
      ModelConfig config = ModelConfigReader.parse(golden.get("config"), "config.json");
      float[] found =
          RopeFrequencies.of(
                  config.rope(),
                  config.headDim(),
                  config.maxPositionEmbeddings(),
                  golden.get("length").intValue())
              .inverse();
      for (int i = 0; i < found.length; i++) {
        values++;
        equal += found[i] == (float) golden.get("inverseFrequencies").get(i).doubleValue() ? 1 : 0;
      }
    }
    // The order of roundings is transformers'; a formula that is merely close would miss this.
    assertThat((double) equal / values).isGreaterThan(0.98);
  }

  @Test
  void shouldDependOnLengthOnlyWhereTheKindDoes() {
    for (JsonNode golden : goldenCases()) {
      ModelConfig config = ModelConfigReader.parse(golden.get("config"), "config.json");
      boolean named =
          golden.get("name").stringValue().startsWith("dynamic")
              || golden.get("name").stringValue().startsWith("longrope");
      assertThat(RopeFrequencies.dependsOnLength(config.rope())).isEqualTo(named);
    }
  }

  @Test
  void shouldSlowDownWithLargerTheta() {
    RopeSettings settings = RopeSettings.unscaled(10_000);

    float[] before = RopeFrequencies.of(settings, 8, 512, 1).inverse();
    float[] after =
        RopeFrequencies.of(new RopeSettings(20_000, settings.scaling()), 8, 512, 1).inverse();

    assertThat(after[0]).isEqualTo(before[0]).isEqualTo(1f);
    assertThat(after[3]).isLessThan(before[3]);
  }
}
