package org.longpo.engine.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.engine.RandomModel;
import org.longpo.engine.attention.KernelChoice.Kernel;
import org.longpo.tensor.AutogradAttention;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.FlashAttention;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart;

/**
 * Every kernel against autograd and against finite differences: rows that read one range of keys,
 * and rows that merge several.
 */
class AttentionKernelTest {
  private static final int HEAD_DIM = 8;
  private static final double SCALE = 0.4;

  /** Sums of at most a hundred products of size one, with three digits to spare. */
  private static final double FLOAT64 = 1e-12;

  private static final double FLOAT32 = 1e-5;

  /**
   * Of 16 bits, 8 are the fraction: rounding moves a number by 2^-9 of itself at most. Between the
   * inputs and a gradient lie four roundings (the score, the weight, its gradient, the result),
   * none of them magnified by more than the scores' own size, 2 here: 4 * 2 * 2^-9.
   */
  private static final double BFLOAT16 = 4 * 2 * Math.pow(2, -9);

  /** Central differences of step h have an error of h^2 and rounding of 1e-16 / h. */
  private static final double STEP = 1e-5;

  private static final double DIFFERENCES = 1e-8;

  /** Rows [queryStart, queryEnd) of these read rows of those, as a plan has it. */
  record Case(
      String name, int queries, int keys, int heads, int groups, List<AttentionPart> parts) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int groups : List.of(1, 2, 4)) {
      String heads = ", %d key/value heads of 4".formatted(groups);
      cases.add(
          new Case("causal" + heads, 11, 11, 4, groups, List.of(part(0, 11, 0, 11, "causal"))));
      cases.add(new Case("all keys" + heads, 5, 13, 4, groups, List.of(part(0, 5, 0, 13, "full"))));
      cases.add(new Case("one query" + heads, 1, 9, 4, groups, List.of(part(0, 1, 0, 9, "full"))));
      cases.add(
          new Case(
              "one query, one key" + heads, 1, 1, 4, groups, List.of(part(0, 1, 0, 1, "causal"))));
      cases.add(
          new Case(
              "a branch after a prefix" + heads,
              6,
              15,
              4,
              groups,
              List.of(part(0, 6, 0, 9, "full"), part(0, 6, 9, 15, "causal"))));
      cases.add(
          new Case(
              "three merged ranges, some rows in two of them" + heads,
              7,
              20,
              4,
              groups,
              List.of(
                  part(0, 7, 0, 4, "full"),
                  part(0, 7, 4, 11, "causal"),
                  part(3, 7, 11, 20, "full"))));
      cases.add(
          new Case(
              "the edge of a window" + heads,
              6,
              12,
              4,
              groups,
              List.of(
                  new AttentionPart(0, 5, 0, 6, new AttentionPart.WindowEdge(0)),
                  part(0, 6, 6, 12, "causal"))));
    }
    return cases.stream();
  }

  static Stream<Arguments> kernelsAndCases() {
    return Arrays.stream(Kernel.values())
        .flatMap(
            kernel ->
                cases()
                    .flatMap(
                        given ->
                            Stream.of(DType.FLOAT64, DType.FLOAT32, DType.BFLOAT16)
                                .filter(dtype -> runs(kernel, dtype))
                                .map(dtype -> Arguments.of(kernel, given, dtype))));
  }

  @ParameterizedTest(name = "{0} {2}: {1}")
  @MethodSource("kernelsAndCases")
  void shouldAgreeWithAutograd(Kernel kernel, Case given, DType dtype) {
    try (Scope ignored = Scope.open()) {
      Inputs inputs = new Inputs(given, dtype);
      AutogradAttention.Result expected = inputs.autograd();
      Computed computed = inputs.compute(kernel);
      double tolerance =
          switch (dtype) {
            case FLOAT64 -> FLOAT64;
            case FLOAT32 -> FLOAT32;
            default -> BFLOAT16;
          };
      assertClose("out", computed.out(), expected.out(), tolerance);
      assertClose("log-sum-exp", computed.logSumExp(), expected.logSumExp(), tolerance);
      assertClose("query gradient", computed.query(), expected.query(), tolerance);
      assertClose("key gradient", computed.key(), expected.key(), tolerance);
      assertClose("value gradient", computed.value(), expected.value(), tolerance);
    }
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void shouldMatchFiniteDifferences(Kernel kernel) {
    for (Case given : cases().toList()) {
      try (Scope ignored = Scope.open()) {
        Inputs inputs = new Inputs(given, DType.FLOAT64);
        if (!runs(kernel, DType.FLOAT64)) {
          return;
        }
        Computed computed = inputs.compute(kernel);
        Random random = new Random(3);
        for (int probe = 0; probe < 8; probe++) {
          check(kernel, inputs, inputs.q(), computed.query(), random);
          check(kernel, inputs, inputs.k(), computed.key(), random);
          check(kernel, inputs, inputs.v(), computed.value(), random);
        }
      }
    }
  }

  private static boolean runs(Kernel kernel, DType dtype) {
    return kernel == Kernel.BLOCKED
        || FlashAttention.supports(dtype, RandomModel.device(), HEAD_DIM);
  }

  private static void check(
      Kernel kernel, Inputs inputs, Tensor input, double[] gradient, Random random) {
    int at = random.nextInt(gradient.length);
    double above = inputs.lossWith(kernel, input, at, STEP);
    double below = inputs.lossWith(kernel, input, at, -STEP);
    assertThat(gradient[at])
        .as("%s: element %d", inputs.given(), at)
        .isCloseTo((above - below) / (2 * STEP), Offset.offset(DIFFERENCES));
  }

  record Computed(double[] out, double[] logSumExp, double[] query, double[] key, double[] value) {}

  /** Random q, k, v and a random gradient of out, of which the loss is the product with out. */
  private record Inputs(Case given, Tensor q, Tensor k, Tensor v, Tensor outGradient) {
    Inputs(Case given, DType dtype) {
      this(
          given,
          random(1, dtype, given.queries(), given.heads()),
          random(2, dtype, given.keys(), given.groups()),
          random(3, dtype, given.keys(), given.groups()),
          random(4, dtype, given.queries(), given.heads()));
    }

    private static Tensor random(long seed, DType dtype, int rows, int heads) {
      double[] values = new Random(seed).doubles((long) rows * heads * HEAD_DIM, -1, 1).toArray();
      return Tensor.of(values, RandomModel.device(), rows, heads, HEAD_DIM).to(dtype);
    }

    Computed compute(Kernel kernel) {
      TreeAttention attention = new TreeAttention(new KernelChoice(kernel, kernel), SCALE);
      AttentionKernel.Output output = attention.forward(q, k, v, given.parts(), 0);
      DType exact = q.dtype().accumulation();
      AttentionKernel.Gradients sums =
          new AttentionKernel.Gradients(
              Tensor.zeros(exact, q.device(), q.shape()),
              Tensor.zeros(exact, q.device(), k.shape()),
              Tensor.zeros(exact, q.device(), v.shape()));
      attention.backward(
          new AttentionKernel.Saved(outGradient, output.out(), output.logSumExp()),
          q,
          k,
          v,
          given.parts(),
          sums);
      return new Computed(
          output.out().toDoubles(),
          output.logSumExp().toDoubles(),
          sums.query().toDoubles(),
          sums.key().toDoubles(),
          sums.value().toDoubles());
    }

    AutogradAttention.Result autograd() {
      return AutogradAttention.of(q, k, v, unseen(), outGradient, SCALE);
    }

    double lossWith(Kernel kernel, Tensor input, int at, double change) {
      try (Scope ignored = Scope.open()) {
        Tensor element = input.view(-1).narrow(0, at, 1);
        Tensor before = element.copy();
        element.addInPlace(change);
        TreeAttention attention = new TreeAttention(new KernelChoice(kernel, kernel), SCALE);
        double loss =
            attention.forward(q, k, v, given.parts(), 0).out().mul(outGradient).sum().item();
        element.copyInPlace(before);
        return loss;
      }
    }

    /** [Q, K]: true where no part lets the query see the key. */
    private Tensor unseen() {
      double[] unseen = new double[given.queries() * given.keys()];
      Arrays.fill(unseen, 1);
      for (AttentionPart part : given.parts()) {
        for (int i = 0; i < part.queries(); i++) {
          for (int j = 0; j < part.keys(); j++) {
            boolean seen =
                switch (part.visibility()) {
                  case AttentionPart.Full ignored -> true;
                  case AttentionPart.Causal ignored -> j <= i;
                  case AttentionPart.WindowEdge edge -> j > i + edge.offset();
                };
            if (seen) {
              unseen[(part.queryStart() + i) * given.keys() + part.keyStart() + j] = 0;
            }
          }
        }
      }
      return Tensor.of(unseen, Device.CPU, given.queries(), given.keys()).to(DType.BOOL);
    }
  }

  private static AttentionPart part(
      int queryStart, int queryEnd, int keyStart, int keyEnd, String visibility) {
    return new AttentionPart(
        queryStart,
        queryEnd,
        keyStart,
        keyEnd,
        visibility.equals("causal") ? AttentionPart.CAUSAL : AttentionPart.FULL);
  }

  private static void assertClose(
      String what, double[] actual, double[] expected, double tolerance) {
    double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("%s[%d]", what, i)
          .isCloseTo(expected[i], Offset.offset(tolerance * scale));
    }
  }
}
