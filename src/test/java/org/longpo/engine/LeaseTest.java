package org.longpo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.attention.KernelChoice;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.training.GradientNorm;
import org.longpo.training.Optimizer;
import org.longpo.training.OptimizerKind;
import org.longpo.training.WeightDecay;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

/** Whatever reads or changes weights does so while it holds their lease. */
class LeaseTest {
  private static final EngineSettings SETTINGS = EngineSettings.defaults(KernelChoice.flash());
  private static final List<int[]> SEQUENCES =
      List.of(new int[] {1, 2, 3, 4, 5}, new int[] {1, 2, 3, 9, 8, 7});

  @Test
  void shouldTrainAndDecodeAsWithResidentWeightsThoughOthersAreGone() {
    try (Scope ignored = Scope.open()) {
      LanguageModel resident = model();
      Vault vault = new Vault();
      LanguageModel leased = model().with(vault);
      assertThat(train(leased)).isEqualTo(train(resident));
      assertThat(values(leased)).isEqualTo(values(resident));
      assertThat(answers(leased)).isEqualTo(answers(resident));
      assertThat(new Scorer(leased, SETTINGS).logProbs(SEQUENCES, new int[] {1, 1}).get(1))
          .containsExactly(
              new Scorer(resident, SETTINGS).logProbs(SEQUENCES, new int[] {1, 1}).get(1));
      assertThat(vault.mostLayersAtOnce).isEqualTo(1);
      assertThat(vault.held).isEmpty();
    }
  }

  @Test
  void shouldAskForEveryLayerOnceInPrefillHoweverManyChunksThereAre() {
    try (Scope ignored = Scope.open()) {
      Vault vault = new Vault();
      LanguageModel leased = model().with(vault);
      EngineSettings chunks =
          SETTINGS.with(
              org.longpo.settings.OptionRecords.of(
                  EngineOptions.class, Map.of("prefill_tokens", 2)));
      new Generator(leased, chunks)
          .generate(
              List.of(new GenerationRequest(IntStream.range(1, 20).toArray(), 0)),
              Sampling.greedy(),
              1,
              new int[0]);
      assertThat(vault.leasesOfLayers).isEqualTo(leased.config().layers());
    }
  }

  private static LanguageModel model() {
    ModelConfig config = RandomModel.config(4, 2, true, true, true, 0);
    return RandomModel.of(config, RandomModel.weights(config, DType.FLOAT64, 7));
  }

  /** Two steps of an optimizer; returns the norms of their gradients. */
  private static List<Double> train(LanguageModel model) {
    Optimizer optimizer =
        Optimizer.create(
            OptimizerKind.ADAMW, model.parts(), WeightDecay.ofMatrices(0.1), Device.CPU);
    List<Double> norms = new ArrayList<>();
    for (int step = 0; step < 2; step++) {
      model.parts().forEachTrained(Parameter::zeroGradient);
      TokenTree tree = TokenTree.of(SEQUENCES);
      Targets targets = tree.targets(1, 1, 6);
      try (TreePass pass = TreePass.forward(model, tree, SETTINGS, TreePass.Purpose.TRAIN)) {
        double[] coefficients = new double[targets.size()];
        Arrays.fill(coefficients, -1);
        pass.backward(targets, coefficients);
      }
      norms.add(GradientNorm.of(model.parts()));
      GradientNorm.clip(model.parts(), norms.getLast(), 0.5);
      optimizer.update(1e-2);
    }
    optimizer
        .state()
        .forEach(
            (name, tensor) -> tensor.use(value -> assertThat(value.allFinite()).as(name).isTrue()));
    return norms;
  }

  private static Map<String, List<Double>> values(LanguageModel model) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    model
        .parts()
        .values()
        .forEach(
            (name, tensor) ->
                tensor.use(
                    value -> values.put(name, Arrays.stream(value.toDoubles()).boxed().toList())));
    return values;
  }

  private static List<List<Integer>> answers(LanguageModel model) {
    return new Generator(model, SETTINGS)
            .generate(
                SEQUENCES.stream().map(sequence -> new GenerationRequest(sequence, 3)).toList(),
                Sampling.of(1, 0.9),
                6,
                new int[0])
            .stream()
            .map(answer -> Arrays.stream(answer.tokens()).boxed().toList())
            .toList();
  }

  /**
   * Keeps the weights of every part, their gradients and what is remembered of them elsewhere while
   * nobody holds the part's lease; meanwhile the tensors hold NaN.
   */
  private static final class Vault implements ModelWeights.Source {
    private final List<Object> held = new ArrayList<>();
    private int mostLayersAtOnce;
    private int leasesOfLayers;

    @Override
    public <W> WeightPart<W> of(WeightPart<W> part) {
      Guarded<W> guarded = new Guarded<>(part);
      guarded.lock();
      return guarded;
    }

    private final class Guarded<W> implements WeightPart<W>, Lease<W> {
      private final WeightPart<W> part;
      private final Map<Tensor, double[]> locked = new LinkedHashMap<>();

      Guarded(WeightPart<W> part) {
        this.part = part;
      }

      @Override
      public Lease<W> lease() {
        if (!held.contains(this)) {
          unlock();
        }
        held.add(this);
        if (weights() instanceof TransformerBlock) {
          leasesOfLayers++;
        }
        mostLayersAtOnce =
            Math.max(
                mostLayersAtOnce,
                (int)
                    held.stream()
                        .distinct()
                        .filter(one -> ((Guarded<?>) one).weights() instanceof TransformerBlock)
                        .count());
        return this;
      }

      @Override
      public List<Parameter> parameters() {
        return part.parameters();
      }

      @Override
      public W weights() {
        try (Lease<W> lease = part.lease()) {
          return lease.weights();
        }
      }

      @Override
      public void close() {
        held.remove(this);
        if (!held.contains(this)) {
          lock();
        }
      }

      private void lock() {
        for (Parameter parameter : parameters()) {
          List<Tensor> tensors = new ArrayList<>(List.of(parameter.value()));
          if (parameter.isTrained()) {
            tensors.add(parameter.gradient());
          }
          parameter.remembered().forEach(name -> tensors.add(parameter.remembered(name)));
          for (Tensor tensor : tensors) {
            locked.put(tensor, tensor.toDoubles());
            tensor.fillInPlace(Double.NaN);
          }
        }
      }

      private void unlock() {
        locked.forEach(
            (tensor, values) -> {
              try (Scope ignored = Scope.open()) {
                tensor.copyInPlace(Tensor.of(values, tensor.device(), tensor.shape()));
              }
            });
        locked.clear();
      }
    }
  }
}
