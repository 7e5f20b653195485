package org.longpo.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.longpo.error.UserError;
import org.longpo.objective.Distill;
import org.longpo.objective.Dpo;
import org.longpo.objective.Input;
import org.longpo.objective.Ipo;
import org.longpo.objective.LongPo;
import org.longpo.objective.NllSpan;
import org.longpo.objective.Objective;
import org.longpo.objective.Orpo;
import org.longpo.objective.PairPreference;
import org.longpo.objective.Response;
import org.longpo.objective.Sft;
import org.longpo.objective.Sigmoid;
import org.longpo.objective.SimPo;
import org.longpo.objective.SoLoPo;
import org.longpo.settings.Key;
import org.longpo.settings.KeyTypes;
import org.longpo.settings.Section;
import org.longpo.settings.Settings;
import org.longpo.training.ObjectiveSettings;

/**
 * What is trained for. Every objective has some of these settings, with defaults of its own; one
 * that it does not have is refused.
 */
final class ObjectiveKeys {
  static final Section SECTION = new Section("Objective");

  /**
   * Where the paper's lambda of 0.01 holds; shorter lengths keep lambda * beta * length, as long as
   * the NLL is a mean over the length.
   */
  private static final double PAPER_LENGTH = 131_072;

  private static final double PAPER_LAMBDA = 0.01;

  static final Key<ObjectiveName> OBJECTIVE =
      SECTION.add(
          Key.of(
              "objective",
              KeyTypes.choice(ObjectiveName.class),
              ObjectiveName.LONGPO,
              "longpo, dpo, ipo, simpo, orpo, sft, solopo (short preference, long reward held"
                  + " equal) or distill (token-level short-to-long self-distillation)."));

  static final Key<Double> BETA =
      SECTION.add(
          Key.derived(
              "beta",
              KeyTypes.POSITIVE.labelled("B"),
              "0.1 (longpo: the paper's, its code's README has 0.01; dpo, ipo), 2 (simpo)",
              "longpo, dpo, ipo, simpo: strength of the constraint to the reference, or scale of"
                  + " the reward."));

  static final Key<Double> LAMBDA =
      SECTION.add(
          Key.derived(
              "lambda",
              KeyTypes.NOT_NEGATIVE.labelled("L"),
              "longpo: 0.01 at 131,072 tokens (the paper's), and more at shorter lengths, so that"
                  + " lambda times length stays, as the NLL is a mean over the whole sequence; with"
                  + " another nll_span 0.01 at every length; orpo: 0.1",
              "longpo, orpo: weight of the preference term, the NLL having weight 1."));

  static final Key<Sigmoid> SIGMOID =
      SECTION.add(
          Key.derived(
              "sigmoid",
              KeyTypes.choice(Sigmoid.class),
              "per_pair",
              "longpo: per_pair, or joint: one per document (Eq. 13)."));

  static final Key<NllSpan> NLL_SPAN =
      SECTION.add(
          Key.derived(
              "nll_span",
              KeyTypes.choice(NllSpan.class),
              "whole_sequence (longpo), response (orpo, sft)",
              "longpo, orpo, sft: the tokens of the NLL: whole_sequence, response or none."));

  static final Key<Input> REFERENCE_INPUT =
      SECTION.add(
          Key.derived(
              "reference_input",
              KeyTypes.choice(Input.class),
              "short",
              "longpo: what the reference reads; long is the paper's ablation without the"
                  + " short-to-long constraint."));

  static final Key<Double> LABEL_SMOOTHING =
      SECTION.add(
          Key.derived(
              "label_smoothing",
              KeyTypes.number("a number from 0 to below 0.5", x -> x >= 0 && x < 0.5),
              "0",
              "dpo: the assumed share of swapped labels."));

  static final Key<Double> GAMMA =
      SECTION.add(
          Key.derived(
              "gamma",
              KeyTypes.NOT_NEGATIVE,
              "1 (half of beta, where its authors start)",
              "simpo: target margin of the rewards."));

  static final Key<Response> RESPONSE =
      SECTION.add(
          Key.derived(
              "response",
              KeyTypes.choice(Response.class),
              "chosen",
              "sft: which response is learnt, chosen or rejected."));

  static final Key<Double> CONSTRAINT_WEIGHT =
      SECTION.add(
          Key.derived(
              "constraint_weight",
              KeyTypes.NOT_NEGATIVE.labelled("W"),
              "0",
              "sft: weight of the short-to-long constraint, the squared distance from the"
                  + " short-context model; 0 is plain SFT."));

  static final Key<ObjectiveName.Preference> PREFERENCE =
      SECTION.add(
          Key.derived(
              "preference",
              KeyTypes.choice(ObjectiveName.Preference.class),
              "dpo",
              "solopo: the preference behind the short input, dpo, simpo or orpo, with its own"
                  + " settings."));

  static final Key<Double> ALPHA =
      SECTION.add(
          Key.derived(
              "alpha",
              KeyTypes.NOT_NEGATIVE.labelled("A"),
              "its paper's: 3 (dpo), 1 (simpo, orpo)",
              "solopo: weight of the distance between short and long reward."));

  private ObjectiveKeys() {}

  /**
   * The objective that {@code objective} names; see {@link #objective(ObjectiveName, Settings,
   * int)}.
   */
  static Objective objective(Settings settings, int lengthTokens) {
    ObjectiveName name = settings.get(OBJECTIVE);
    Objective objective = objective(name, settings, lengthTokens);
    for (Key<?> key : SECTION.keys()) {
      if (settings.given(key).isPresent() && !has(objective, key)) {
        throw foreign(settings, key, word(name) + " has " + String.join(", ", keys(objective)));
      }
    }
    return objective;
  }

  /**
   * An objective with what is given of its settings, and its defaults; others are left alone.
   *
   * @param lengthTokens the length of the round, which decides lambda's default
   */
  static Objective objective(ObjectiveName name, Settings settings, int lengthTokens) {
    return switch (name) {
      case LONGPO -> {
        NllSpan span = settings.find(NLL_SPAN).orElse(NllSpan.WHOLE_SEQUENCE);
        yield new LongPo(
            settings.find(BETA).orElse(0.1),
            settings.find(LAMBDA).orElse(defaultLambda(span, lengthTokens)),
            settings.find(SIGMOID).orElse(Sigmoid.PER_PAIR),
            span,
            settings.find(REFERENCE_INPUT).orElse(Input.SHORT));
      }
      case DPO -> preference(ObjectiveName.Preference.DPO, settings);
      case IPO -> new Ipo(settings.find(BETA).orElse(0.1));
      case SIMPO -> preference(ObjectiveName.Preference.SIMPO, settings);
      case ORPO -> preference(ObjectiveName.Preference.ORPO, settings);
      case SFT ->
          new Sft(
              settings.find(RESPONSE).orElse(Response.CHOSEN),
              settings.find(NLL_SPAN).orElse(NllSpan.RESPONSE),
              settings.find(CONSTRAINT_WEIGHT).orElse(0.0));
      case SOLOPO -> {
        ObjectiveName.Preference preference =
            settings.find(PREFERENCE).orElse(ObjectiveName.Preference.DPO);
        double alpha = preference == ObjectiveName.Preference.DPO ? 3 : 1;
        yield new SoLoPo(preference(preference, settings), settings.find(ALPHA).orElse(alpha));
      }
      case DISTILL -> new Distill();
    };
  }

  /** The NLL of a whole sequence weighs a token by its length; other spans know nothing of it. */
  private static double defaultLambda(NllSpan span, int lengthTokens) {
    return switch (span) {
      case WHOLE_SEQUENCE -> PAPER_LAMBDA * Math.max(1, PAPER_LENGTH / lengthTokens);
      case RESPONSE, NONE -> PAPER_LAMBDA;
    };
  }

  private static PairPreference preference(ObjectiveName.Preference name, Settings settings) {
    return switch (name) {
      case DPO ->
          new Dpo(settings.find(BETA).orElse(0.1), settings.find(LABEL_SMOOTHING).orElse(0.0));
      case SIMPO -> new SimPo(settings.find(BETA).orElse(2.0), settings.find(GAMMA).orElse(1.0));
      case ORPO ->
          new Orpo(
              settings.find(LAMBDA).orElse(0.1), settings.find(NLL_SPAN).orElse(NllSpan.RESPONSE));
    };
  }

  /** Whether the objective has this setting. */
  static boolean has(Objective objective, Key<?> key) {
    return ObjectiveSettings.byName(objective).containsKey(key.name());
  }

  /**
   * Makes sure that each given setting belongs to at least one of several objectives.
   *
   * @throws UserError naming the first that does not
   */
  static void requireUsed(Settings settings, List<Objective> objectives) {
    for (Key<?> key : SECTION.keys()) {
      if (settings.given(key).isPresent()
          && objectives.stream().noneMatch(objective -> has(objective, key))) {
        throw foreign(settings, key, "none of those that are trained has it");
      }
    }
  }

  private static UserError foreign(Settings settings, Key<?> key, String reason) {
    Settings nothing = new Settings(List.of(), java.util.Map.of(), java.util.Map.of());
    String owners =
        Arrays.stream(ObjectiveName.values())
            .filter(name -> has(objective(name, nothing, 1), key))
            .map(ObjectiveKeys::word)
            .collect(Collectors.joining(", "));
    return new UserError(
        settings.where(key)
            + " is no setting of this objective ("
            + reason
            + "); leave it out, or choose an objective that has it"
            + (owners.isEmpty() ? "." : ": " + owners + "."));
  }

  private static Set<String> keys(Objective objective) {
    Set<String> keys = new java.util.TreeSet<>(ObjectiveSettings.byName(objective).keySet());
    keys.remove(OBJECTIVE.name());
    return keys.isEmpty() ? Set.of("none") : keys;
  }

  static String word(ObjectiveName name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
