package org.longpo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.engine.EngineOptions;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generated;
import org.longpo.engine.GenerationRequest;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.engine.Sampling;
import org.longpo.engine.Scorer;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.error.UserError;
import org.longpo.objective.Distill;
import org.longpo.objective.Input;
import org.longpo.objective.Objective;
import org.longpo.objective.Opsdl;
import org.longpo.objective.Reading;
import org.longpo.settings.OptionRecords;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;

/** Samples of the policy, the teacher's opinion of them, and when both are asked. */
class OnPolicySamplerTest {
  private static final EngineSettings ENGINE = EngineSettings.defaults(KernelChoice.blocked());
  private static final int LIMIT = 6;

  /** The same sums in another order, in float64. */
  private static final double ROUNDING = 1e-12;

  private final Scope scope = Scope.open();
  private final List<TrainingExample> documents = TinyRun.documents();
  private final TrainingData data = RandomExamples.data(documents);

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void shouldDrawWhatGeneratorDrawsFromPromptAlone() {
    LanguageModel policy = movedFromStart();
    OnPolicySampler sampler = sampler(policy, teacher(), new Opsdl(1, LIMIT, 0, 1));
    List<List<Sample>> samples = sampler.draw(requests("step 0"), () -> {});
    for (int d = 0; d < documents.size(); d++) {
      for (int k = 0; k < documents.get(d).pairs(); k++) {
        Generated alone =
            new Generator(policy, ENGINE)
                .generate(
                    List.of(new GenerationRequest(documents.get(d).longPrompts().get(k), 0)),
                    Sampling.greedy(),
                    LIMIT,
                    data.endTokens())
                .getFirst();
        assertThat(samples.get(d).get(k).tokens()).containsExactly(alone.tokens());
      }
    }
  }

  @Test
  void shouldScoreSamplesByTeacherGivenShortInput() {
    LanguageModel teacher = teacher();
    OnPolicySampler sampler = sampler(movedFromStart(), teacher, new Opsdl(1, LIMIT, 1, 1));
    List<List<Sample>> samples = sampler.draw(requests("step 0"), () -> {});
    for (int d = 0; d < documents.size(); d++) {
      for (int k = 0; k < documents.get(d).pairs(); k++) {
        Sample sample = samples.get(d).get(k);
        int[] prompt = documents.get(d).shortPrompts().get(k);
        double[] alone =
            new Scorer(teacher, ENGINE)
                .logProbs(
                    List.of(RandomExamples.join(prompt, sample.tokens())),
                    new int[] {prompt.length})
                .getFirst();
        assertThat(sample.teacherLogProbs()).containsExactly(alone, within(ROUNDING));
      }
    }
  }

  @Test
  void shouldKeepResponseThatEndsAtOnceAsSampleOfOneToken() {
    TrainingData everyTokenEnds =
        new TrainingData() {
          @Override
          public int size() {
            return data.size();
          }

          @Override
          public String id(int index) {
            return data.id(index);
          }

          @Override
          public String source(int index) {
            return data.source(index);
          }

          @Override
          public TrainingExample example(int index) {
            return data.example(index);
          }

          @Override
          public int[] endTokens() {
            return IntStream.range(0, RandomExamples.VOCABULARY).toArray();
          }

          @Override
          public String sha256() {
            return data.sha256();
          }
        };
    OnPolicySampler sampler =
        sampler(everyTokenEnds, teacher(), teacher(), new Opsdl(1, LIMIT, 1, 1), ENGINE);
    assertThat(sampler.draw(requests("step 0"), () -> {}))
        .allSatisfy(
            samples ->
                assertThat(samples)
                    .allSatisfy(
                        sample -> {
                          assertThat(sample.tokens()).hasSize(1);
                          assertThat(sample.teacherLogProbs()).hasSize(1);
                        }));
  }

  @Test
  void shouldDrawTheSameForOneOccasionAndOthersForAnother() {
    OnPolicySampler sampler = sampler(teacher(), teacher(), new Opsdl(1, LIMIT, 1, 1));
    List<List<Integer>> first = ids(sampler.draw(requests("step 0"), () -> {}));
    assertThat(ids(sampler.draw(requests("step 0"), () -> {}))).isEqualTo(first);
    assertThat(ids(sampler.draw(requests("step 1"), () -> {}))).isNotEqualTo(first);
  }

  @Test
  void shouldDrawFromWeightsAsTheyAreAtFirstStepOfSampling() {
    LanguageModel policy = model();
    OnPolicySampler sampler = sampler(policy, teacher(), new Opsdl(2, LIMIT, 1, 1));
    DataOrder order = new DataOrder(documents.size(), 2, 1);
    StepExamples examples = new StepExamples(data, order, 5, Optional.of(sampler), List.of());
    examples.prepare(0, () -> {});
    List<List<Integer>> before = drawnAt(examples, 1);
    move(policy);
    examples.prepare(1, () -> {});
    assertThat(drawnAt(examples, 1)).isEqualTo(before);
    // What a checkpoint after step 1 holds is enough to go on.
    List<StepSamples> left = examples.left(1);
    assertThat(left).extracting(StepSamples::step).containsExactly(1);
    assertThat(drawnAt(new StepExamples(data, order, 5, Optional.of(sampler), left), 1))
        .isEqualTo(before);
    examples.prepare(2, () -> {});
    assertThat(examples.left(0)).extracting(StepSamples::step).containsExactly(2, 3);
    assertThat(drawnAt(examples, 2))
        .isEqualTo(
            ids(
                sampler
                    .draw(
                        IntStream.of(2, 3)
                            .boxed()
                            .flatMap(
                                step ->
                                    IntStream.of(order.documents(step))
                                        .mapToObj(
                                            d ->
                                                new OnPolicySampler.Request(
                                                    data.example(d), "step " + step)))
                            .toList(),
                        () -> {})
                    .subList(0, order.documents(2).length)));
    // The last sampling has but one step left.
    examples.prepare(4, () -> {});
    assertThat(examples.left(0)).extracting(StepSamples::step).containsExactly(4);
  }

  @Test
  void shouldHaveGradientOfDistillOnTheSameResponses() {
    for (TrainingExample document : documents) {
      TrainingExample own = longOnly(document);
      List<Sample> rejected = new ArrayList<>();
      for (int k = 0; k < own.pairs(); k++) {
        int pair = k;
        ResponseSpan span =
            own.spans().stream()
                .filter(s -> s.pair() == pair && s.reading() == Reading.POLICY_LONG_REJECTED)
                .findFirst()
                .orElseThrow();
        int[] sequence = own.sequences().get(span.sequence());
        rejected.add(
            new Sample(
                Arrays.copyOfRange(sequence, span.start(), span.end()),
                own.references()
                    .get(k)
                    .getOrDefault(Reading.REFERENCE_SHORT_REJECTED, new double[0])));
      }
      assertThat(gradients(new Opsdl(1, LIMIT, 1, 1), own.withSamples(rejected)))
          .usingRecursiveComparison()
          .isEqualTo(gradients(new Distill(), own));
    }
  }

  /** d/dw of -(1/K) sum_k (1/|y_k|) sum_t A_t log pi(y_t), the advantages constants. */
  @Test
  void shouldHaveGradientOfAdvantageTimesLogProb() {
    LanguageModel policy = movedFromStart();
    TrainingExample example =
        sampler(policy, teacher(), new Opsdl(1, LIMIT, 1, 1))
            .sampled(longOnly(documents.get(2)), "step 0", () -> {});
    new TrainingStep(policy, new Opsdl(1, LIMIT, 1, 1), ENGINE).accumulate(example, 1);
    List<double[]> advantages = new ArrayList<>();
    List<double[]> logProbs = logProbs(policy, example);
    for (int k = 0; k < example.pairs(); k++) {
      double[] teacher =
          example.references().get(k).getOrDefault(Reading.REFERENCE_SHORT_REJECTED, new double[0]);
      double[] policyLogProbs = logProbs.get(k);
      advantages.add(
          IntStream.range(0, teacher.length)
              .mapToDouble(t -> teacher[t] - policyLogProbs[t])
              .toArray());
    }
    Parameter weight = policy.trainedParameters().getFirst();
    double[] gradient = weight.gradient().toDoubles();
    double[] values = weight.value().toDoubles();
    // One direction of all of the embedding: truncation and rounding of a step of 1e-5 are below
    // 1e-9 times third derivatives of size one to a hundred.
    double size = 1e-5;
    double[] direction = new Random(5).doubles(values.length, -1, 1).toArray();
    double up = surrogate(policy, example, advantages, weight, moved(values, direction, size));
    double down = surrogate(policy, example, advantages, weight, moved(values, direction, -size));
    double expected =
        IntStream.range(0, values.length).mapToDouble(i -> direction[i] * gradient[i]).sum();
    assertThat(expected).isNotCloseTo(0, within(1e-3));
    assertThat((up - down) / (2 * size)).isCloseTo(expected, within(1e-7));
  }

  @Test
  void shouldStopBetweenTokens() {
    OnPolicySampler sampler = sampler(teacher(), teacher(), new Opsdl(1, LIMIT, 1, 1));
    assertThatThrownBy(
            () ->
                sampler.draw(
                    requests("step 0"),
                    () -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
  }

  @Test
  void shouldRefuseTooLittleMemoryForKeysAndValues() {
    EngineSettings little =
        ENGINE.with(OptionRecords.of(EngineOptions.class, Map.of("cache_mib", 1)));
    TrainingExample large =
        RandomExamples.tree("d", 1, 1)
            .withSamples(List.of(new Sample(new int[9000], new double[9000])));
    assertThatThrownBy(
            () ->
                sampler(
                    RandomExamples.data(List.of(large)),
                    teacher(),
                    teacher(),
                    new Opsdl(1, LIMIT, 1, 1),
                    little))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--cache-mib 1 is too little");
  }

  private static double surrogate(
      LanguageModel policy,
      TrainingExample example,
      List<double[]> advantages,
      Parameter weight,
      double[] values) {
    double[] before = weight.value().toDoubles();
    TrainingValues.set(weight, values);
    List<double[]> logProbs = logProbs(policy, example);
    TrainingValues.set(weight, before);
    double sum = 0;
    for (int k = 0; k < logProbs.size(); k++) {
      for (int t = 0; t < logProbs.get(k).length; t++) {
        sum -=
            advantages.get(k)[t]
                * logProbs.get(k)[t]
                / (logProbs.size() * (double) logProbs.get(k).length);
      }
    }
    return sum;
  }

  private static double[] moved(double[] values, double[] direction, double size) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i] + size * direction[i])
        .toArray();
  }

  /** log pi(y_t | x_L, y_<t) of the samples of every pair. */
  private static List<double[]> logProbs(LanguageModel policy, TrainingExample example) {
    List<int[]> prompts = example.longPrompts();
    List<int[]> sequences = new ArrayList<>();
    for (int k = 0; k < prompts.size(); k++) {
      int pair = k;
      sequences.add(
          example.spans().stream()
              .filter(s -> s.pair() == pair && s.reading() == Reading.POLICY_LONG_REJECTED)
              .map(s -> example.sequences().get(s.sequence()))
              .findFirst()
              .orElseThrow());
    }
    return new Scorer(policy, ENGINE)
        .logProbs(sequences, prompts.stream().mapToInt(prompt -> prompt.length).toArray());
  }

  /** As the layout makes it: nothing that the policy reads given the short input. */
  private static TrainingExample longOnly(TrainingExample example) {
    return new TrainingExample(
        example.id(),
        example.sequences(),
        example.spans().stream().filter(span -> span.reading().input() == Input.LONG).toList(),
        example.nllSequences(),
        example.references(),
        example.shortPrompts());
  }

  private static Map<String, double[]> gradients(Objective objective, TrainingExample example) {
    LanguageModel model = movedFromStart();
    new TrainingStep(model, objective, ENGINE).accumulate(example, 1);
    Map<String, double[]> gradients = new LinkedHashMap<>();
    model
        .parameters()
        .forEach((name, parameter) -> gradients.put(name, parameter.gradient().toDoubles()));
    return gradients;
  }

  private List<OnPolicySampler.Request> requests(String occasion) {
    return documents.stream()
        .map(document -> new OnPolicySampler.Request(document, occasion))
        .toList();
  }

  private static List<List<Integer>> drawnAt(StepExamples examples, int step) {
    return examples.left(step).stream()
        .filter(samples -> samples.step() == step)
        .flatMap(samples -> ids(samples.documents()).stream())
        .toList();
  }

  private static List<List<Integer>> ids(List<List<Sample>> samples) {
    return samples.stream()
        .flatMap(List::stream)
        .map(sample -> IntStream.of(sample.tokens()).boxed().toList())
        .toList();
  }

  private OnPolicySampler sampler(LanguageModel policy, LanguageModel teacher, Opsdl objective) {
    return sampler(data, policy, teacher, objective, ENGINE);
  }

  private static OnPolicySampler sampler(
      TrainingData data,
      LanguageModel policy,
      LanguageModel teacher,
      Opsdl objective,
      EngineSettings engine) {
    return OnPolicySampler.of(
            new TrainingModels(policy, Optional.of(teacher)),
            data,
            OptionRecords.with(TinyRun.settings(1, 1), "objective", objective),
            engine)
        .orElseThrow();
  }

  private static LanguageModel model() {
    return TinyRun.model(TinyRun.settings(1, 1), DType.FLOAT64);
  }

  /** The start with a RoPE of its own: what the policy has is not the teacher's. */
  private static LanguageModel teacher() {
    return model().withRope(RopeSettings.unscaled(500));
  }

  private static LanguageModel movedFromStart() {
    LanguageModel model = model();
    move(model);
    return model;
  }

  private static void move(LanguageModel model) {
    for (Parameter parameter : model.trainedParameters()) {
      double[] values = parameter.value().toDoubles();
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.05 * Math.sin(i);
      }
      TrainingValues.set(parameter, values);
    }
  }
}
