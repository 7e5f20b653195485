package org.longpo.reproduction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.longpo.objective.Distill;
import org.longpo.objective.Dpo;
import org.longpo.objective.Input;
import org.longpo.objective.LambdaOfLength;
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
  static final Arm LONGPO = Arm.of("longpo", "LongPO", longPo(Map.of()));

  /** In all rounds. */
  static final List<Arm> HEADLINE =
      List.of(
          LONGPO,
          Arm.of("sft", "SFT on chosen", fixed(Sft.class, Map.of())),
          Arm.of("dpo", "DPO", fixed(Dpo.class, Map.of())),
          Arm.of(
              "longpo-unconstrained",
              "LongPO without the constraint",
              longPo(Map.of("reference_input", Input.LONG))));

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
              "longpo-without-nll", "LongPO without NLL", longPo(Map.of("nll_span", NllSpan.NONE))),
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
          likeLongPo("chain", "Chain", longPo(Map.of()), Map.of("layout", SequenceLayout.CHAIN)),
          likeLongPo(
              "joint",
              "One sigmoid per document",
              longPo(Map.of("sigmoid", Sigmoid.JOINT)),
              Map.of()));

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

  private static IntFunction<Objective> longPo(Map<String, Object> options) {
    return length -> {
      Map<String, Object> all = new HashMap<>(options);
      all.put(LambdaOfLength.LENGTH_TOKENS, length);
      return OptionRecords.of(LongPo.class, all);
    };
  }

  private static <O extends Record & Objective> IntFunction<Objective> fixed(
      Class<O> objective, Map<String, Object> options) {
    return length -> OptionRecords.of(objective, options);
  }
}
