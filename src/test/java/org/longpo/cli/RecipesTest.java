package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.inference.CharacterPrompts;
import org.longpo.inference.WriteSettings;
import org.longpo.model.ModelChoice;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Objectives;
import org.longpo.objective.PreferenceToNllWeight;
import org.longpo.objective.Sigmoid;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.GeneratorLimits;
import org.longpo.pairs.InputBudget;
import org.longpo.settings.OptionFile;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.SuppliedValues;
import org.longpo.text.Message;
import org.longpo.text.Prompt;
import org.longpo.training.LearningRateSchedule;
import org.longpo.training.OptimizerKind;
import org.longpo.training.OptimizerSettings;
import org.longpo.training.SequenceLayout;
import org.longpo.training.TrainingSettings;

/** The files in recipes/, read as the commands read them, hold the paper's values. */
class RecipesTest {
  private static final Schema SCHEMA =
      Schema.of(
          Objectives.ALL,
          EvolveCommand.Run.class,
          ModelChoice.class,
          GenerateSettings.class,
          TrainingSettings.class,
          EvaluateOptions.class);

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
  void shouldListEveryRecipe() throws IOException {
    assertThat(recipes().stream().map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(LENGTHS.keySet());
    String page = Files.readString(RECIPES.resolve("README.md"));
    assertThat(LENGTHS.keySet()).allMatch(page::contains);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void shouldTrainAsThePaperDoes(Path recipe) {
    OptionValues settings = read(recipe);
    assertThat(lengths(settings)).isEqualTo(LENGTHS.get(recipe.getFileName().toString()));
    for (int length : lengths(settings)) {
      TrainingSettings train =
          settings.read(TrainingSettings.class, SuppliedValues.of("lengthTokens", length));
      assertThat(train.objective())
          .isEqualTo(new LongPo(0.1, 0.01, Sigmoid.JOINT, NllSpan.WHOLE_SEQUENCE, Input.SHORT));
      assertThat(train.sequences().layout()).isEqualTo(SequenceLayout.CHAIN);
      assertThat(train.optimizer())
          .isEqualTo(
              new OptimizerSettings(
                  OptimizerKind.ADAMW, 5e-7, LearningRateSchedule.COSINE, 0.1, 0, 1, false));
      assertThat(train.steps().gradientAccumulationSteps()).isEqualTo(8);
      assertThat(train.steps().numTrainEpochs()).isEqualTo(1);
      assertThat(train.rope().theta()).contains(1e7);
    }
    assertThat(settings.find("dtype")).isEqualTo(Optional.of("bfloat16"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void shouldMakePairsAsThePaperDoes(Path recipe) {
    OptionValues settings = read(recipe);
    for (int length : lengths(settings)) {
      GenerateSettings generate =
          settings.read(
              GenerateSettings.class,
              SuppliedValues.of("lengthTokens", length).with("windowTokens", 32_768));
      assertThat(generate.chunkTokens()).isEqualTo(32_768);
      assertThat(generate.cut().pairsPerDocument()).isEqualTo(4);
      assertThat(generate.answers().writing()).isEqualTo(WriteSettings.greedy(1024));
      assertThat(generate.instructions().temperature()).isEqualTo(0.7);
      assertThat(generate.instructions().topP()).isEqualTo(0.9);
      assertThat(generate.rejectedRope().theta()).contains(1e7);
    }
  }

  /** Of the paper's models, which chunk, template, instruction and answer must share. */
  @ParameterizedTest
  @MethodSource("recipes")
  void shouldLeaveRoomForInstructionAndAnswerInTheWindow(Path recipe) {
    OptionValues settings = read(recipe);
    int window = 32_768;
    InputBudget budget =
        InputBudget.of(
            new WordPrompts(),
            Optional.empty(),
            (Integer) settings.find("instructions_per_chunk").orElseThrow(),
            512);
    GeneratorLimits limits = new GeneratorLimits(window, 0, budget);
    for (int length : lengths(settings)) {
      GenerateSettings generate = GenerateDefaults.settings(settings, length, limits);
      assertThat(generate.answers().maxNewTokens()).isEqualTo(1024);
      assertThat(generate.instructions().maxNewTokens()).isEqualTo(512);
      int shortInput =
          generate.chunkTokens() + budget.templateTokens() + budget.instructionTokens();
      assertThat(shortInput)
          .isLessThanOrEqualTo(generate.filters().lengths().maxShortInputTokens());
      assertThat(shortInput + generate.answers().maxNewTokens()).isLessThanOrEqualTo(window);
      // Less than a twentieth of the paper's chunk is given up for the rest.
      assertThat(generate.chunkTokens()).isGreaterThan(31_000);
    }
  }

  @Test
  void shouldWeighPreferenceAboutSixtyFiveTimesTheNllAt128K() {
    OptionValues settings = read(RECIPES.resolve("mistral-7b-128k.yaml"));
    LongPo objective =
        (LongPo)
            settings
                .read(TrainingSettings.class, SuppliedValues.of("lengthTokens", 131_072))
                .objective();
    // lambda * beta * |S| / 2 = 65.5 at 131,072 tokens.
    assertThat(PreferenceToNllWeight.of(objective, 4, 1, 131_072)).isBetween(65.0, 66.0);
  }

  private static List<Integer> lengths(OptionValues settings) {
    return settings.read(EvolveCommand.Lengths.class).lengths();
  }

  private static OptionValues read(Path recipe) {
    return new OptionValues(SCHEMA, OptionFile.read(recipe, SCHEMA.keys()), Map.of());
  }

  /** Words are tokens, in a template of 20. */
  private static final class WordPrompts extends CharacterPrompts {
    @Override
    public Prompt of(List<Message> messages) {
      return new Prompt(messages, new int[20 + messages.getFirst().content().split("\\s+").length]);
    }
  }
}
