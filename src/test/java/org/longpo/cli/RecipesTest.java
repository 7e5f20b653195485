package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.PreferenceToNllWeight;
import org.longpo.objective.Sigmoid;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.InputBudget;
import org.longpo.pairs.SamplingSettings;
import org.longpo.settings.Settings;
import org.longpo.settings.SettingsFile;
import org.longpo.training.LearningRateSchedule;
import org.longpo.training.OptimizerKind;
import org.longpo.training.OptimizerSettings;
import org.longpo.training.SequenceLayout;
import org.longpo.training.TrainingSettings;

/** The files in recipes/, read as the commands read them, hold the paper's values. */
class RecipesTest {
  private static final Path RECIPES = Path.of("recipes");

  /** Each file's lengths in tokens, as the paper (arXiv:2502.13922) has them. */
  private static final Map<String, List<Integer>> LENGTHS =
      Map.of(
          "mistral-7b-128k.yaml", List.of(131_072),
          "mistral-7b-256k.yaml", List.of(262_144),
          "mistral-7b-512k.yaml", List.of(524_288),
          "mistral-7b-chained.yaml", List.of(131_072, 262_144, 524_288),
          "qwen2.5-7b-128k.yaml", List.of(131_072));

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(RECIPES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void shouldBeTheKnownOnes() throws IOException {
    assertThat(recipes().stream().map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(LENGTHS.keySet());
    String page = Files.readString(RECIPES.resolve("README.md"));
    assertThat(LENGTHS.keySet()).allMatch(page::contains);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void shouldTrainAsThePaperDoes(Path recipe) {
    Settings settings = read(recipe);
    assertThat(settings.get(RunKeys.LENGTHS))
        .isEqualTo(LENGTHS.get(recipe.getFileName().toString()));
    for (int length : settings.get(RunKeys.LENGTHS)) {
      TrainingSettings train =
          TrainKeys.settings(
              settings, ObjectiveKeys.objective(settings, length), RunKeys.rope(settings));
      assertThat(train.objective())
          .isEqualTo(new LongPo(0.1, 0.01, Sigmoid.JOINT, NllSpan.WHOLE_SEQUENCE, Input.SHORT));
      assertThat(train.layout()).isEqualTo(SequenceLayout.CHAIN);
      assertThat(train.optimizer())
          .isEqualTo(
              new OptimizerSettings(
                  OptimizerKind.ADAMW, 5e-7, LearningRateSchedule.COSINE, 0.1, 0, 1, false));
      assertThat(train.gradientAccumulationSteps()).isEqualTo(8);
      assertThat(train.numTrainEpochs()).isEqualTo(1);
      assertThat(train.ropeTheta()).isEqualTo(OptionalDouble.of(1e7));
    }
    assertThat(settings.find(ModelKeys.DTYPE)).contains("bfloat16");
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void shouldMakePairsAsThePaperDoes(Path recipe) {
    Settings settings = read(recipe);
    for (int length : settings.get(RunKeys.LENGTHS)) {
      GenerateSettings generate = GenerateKeys.settings(settings, length);
      assertThat(generate.chunkTokens()).isEqualTo(32_768);
      assertThat(generate.pairsPerDocument()).isEqualTo(4);
      assertThat(generate.answers()).isEqualTo(new SamplingSettings(0, 1, 0, 1024));
      assertThat(generate.instructions().temperature()).isEqualTo(0.7);
      assertThat(generate.instructions().topP()).isEqualTo(0.9);
      assertThat(generate.rejectedRopeTheta()).isEqualTo(Optional.of(1e7));
    }
  }

  /** Of the paper's models, which chunk, template, instruction and answer must share. */
  @ParameterizedTest
  @MethodSource("recipes")
  void shouldLeaveRoomForInstructionAndAnswerInTheWindow(Path recipe) {
    Settings settings = read(recipe);
    int window = 32_768;
    InputBudget budget =
        InputBudget.of(
            message -> new int[20 + message.split("\\s+").length],
            Optional.empty(),
            settings.get(GenerateKeys.INSTRUCTIONS_PER_CHUNK),
            512);
    GeneratorLimits limits = new GeneratorLimits(window, 0, 512, budget);
    for (int length : settings.get(RunKeys.LENGTHS)) {
      GenerateSettings generate = GenerateKeys.settings(settings, length, limits);
      assertThat(generate.answers().maxNewTokens()).isEqualTo(1024);
      assertThat(generate.instructions().maxNewTokens()).isEqualTo(512);
      int shortInput =
          generate.chunkTokens() + budget.templateTokens() + budget.instructionTokens();
      assertThat(shortInput).isLessThanOrEqualTo(generate.filters().maxShortInputTokens());
      assertThat(shortInput + generate.answers().maxNewTokens()).isLessThanOrEqualTo(window);
      // Less than a twentieth of the paper's chunk is given up for the rest.
      assertThat(generate.chunkTokens()).isGreaterThan(31_000);
    }
  }

  @Test
  void shouldWeighPreferenceAboutSixtyFiveTimesTheNllAt128K() {
    Settings settings = read(RECIPES.resolve("mistral-7b-128k.yaml"));
    LongPo objective = (LongPo) ObjectiveKeys.objective(settings, 131_072);
    // lambda * beta * |S| / 2 = 65.5 at 131,072 tokens.
    assertThat(PreferenceToNllWeight.of(objective, 4, 1, 131_072)).isBetween(65.0, 66.0);
  }

  private static Settings read(Path recipe) {
    return new Settings(AllKeys.list(), SettingsFile.read(recipe, AllKeys.list()), Map.of());
  }
}
