package org.longpo.reproduction;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.longpo.objective.Distill;
import org.longpo.objective.Dpo;
import org.longpo.objective.Input;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Objective;
import org.longpo.objective.Opsdl;
import org.longpo.objective.Response;
import org.longpo.objective.Sft;
import org.longpo.objective.Sigmoid;
import org.longpo.objective.SoLoPo;
import org.longpo.settings.OptionRecords;
import org.longpo.training.SequenceLayout;

/** The arms that there are: a new one is a line here. */
final class Arms {
  private static final double BETA = 0.1;

  /**
   * How many times as strongly as the NLL the preference pulls on a response token at margin 0:
   * what the demonstration's model bears (docs/collapse.md). The paper's settings give about 65.
   */
  static final double PULL = 0.2;

  static final double PULL_OF_PAPER = 65;

  static final Arm LONGPO = Arm.of("longpo", "LongPO", longPo(PULL, Map.of()));

  /** In all rounds. */
  static final List<Arm> HEADLINE =
      List.of(
          LONGPO,
          Arm.of("sft", "SFT on chosen", fixed(Sft.class, Map.of())),
          Arm.of("dpo", "DPO", fixed(Dpo.class, Map.of())),
          Arm.of(
              "longpo-unconstrained",
              "LongPO without the constraint",
              longPo(PULL, Map.of("reference_input", Input.LONG))));

  /** In the first round. */
  static final List<Arm> OTHERS =
      List.of(
          Arm.of(
              "sft-rejected",
              "SFT on rejected",
              fixed(Sft.class, Map.of("response", Response.REJECTED))),
          Arm.of(
              "sft-constrained",
              "SFT with the constraint",
              fixed(Sft.class, Map.of("constraint_weight", 0.1))),
          Arm.of(
              "longpo-without-nll",
              "LongPO without NLL",
              longPo(PULL, Map.of("nll_span", NllSpan.NONE))),
          Arm.of("solopo", "SoLoPO", fixed(SoLoPo.class, Map.of())),
          Arm.of("distill", "Off-policy self-distillation", fixed(Distill.class, Map.of())),
          Arm.of(
              "opsdl",
              "On-policy self-distillation",
              fixed(Opsdl.class, Map.of(Opsdl.ANSWER_TOKENS, ReproductionScale.ANSWER_TOKENS))));

  /** LongPO in the first round with one thing changed, one seed. */
  static final List<Arm> SWEEPS =
      List.of(
          ofPairs("noise-20", "20 % of labels swapped", PairVariant.swapped(0.2)),
          ofPairs("noise-40", "40 % of labels swapped", PairVariant.swapped(0.4)),
          ofPairs("one-pair", "One pair per document", PairVariant.perDocument(1)),
          ofPairs("greedy", "Greedy answers", PairVariant.greedy()),
          likeLongPo(
              "chain", "Chain", longPo(PULL, Map.of()), Map.of("layout", SequenceLayout.CHAIN)),
          likeLongPo(
              "joint",
              "One sigmoid per document",
              longPo(PULL, Map.of("sigmoid", Sigmoid.JOINT)),
              Map.of()),
          ofPull("pull-2", 2),
          ofPull("pull-20", 20),
          ofPull("pull-of-paper", PULL_OF_PAPER));

  private Arms() {}

  static Stream<Arm> all() {
    return Stream.of(HEADLINE, OTHERS, SWEEPS).flatMap(List::stream);
  }

  private static Arm ofPairs(String id, String name, PairVariant pairs) {
    return new Arm(id, name, LONGPO.objective(), pairs, Map.of(), LONGPO.id());
  }

  private static Arm likeLongPo(
      String id, String name, IntFunction<Objective> objective, Map<String, Object> options) {
    return new Arm(id, name, objective, PairVariant.SAME, options, LONGPO.id());
  }

  private static Arm ofPull(String id, double pull) {
    return likeLongPo(
        id,
        String.format(Locale.ROOT, "Preference pulls %.0f times as the NLL", pull),
        longPo(pull, Map.of()),
        Map.of());
  }

  /**
   * With the lambda that gives this pull for documents of the round's length.
   *
   * @param options beside beta and lambda
   */
  private static IntFunction<Objective> longPo(double pull, Map<String, Object> options) {
    return length -> {
      Map<String, Object> all = new HashMap<>(options);
      all.put("beta", BETA);
      all.put("lambda", 2 * pull / (BETA * length));
      return OptionRecords.of(LongPo.class, all);
    };
  }

  private static <O extends Record & Objective> IntFunction<Objective> fixed(
      Class<O> objective, Map<String, Object> options) {
    return length -> OptionRecords.of(objective, options);
  }
}
