package org.longpo.cli;

import java.util.Locale;
import org.longpo.error.UserError;
import org.longpo.objective.FreshSamples;
import org.longpo.pairs.GenerateSettings;
import org.longpo.pairs.InputBudget;
import org.longpo.pipeline.RoundSettings;
import org.longpo.settings.OptionValues;
import org.longpo.training.OverLength;
import org.longpo.training.SequenceLayout;
import org.longpo.training.TrainingSettings;

/** Finds documents that are too long for training before pairs are made from them. */
final class TrainingLength {
  private TrainingLength() {}

  /**
   * Checks a round whose pairs are still to be made.
   *
   * @param budget of the generator's template
   * @throws UserError if no document can fit
   */
  static void check(OptionValues given, RoundSettings round, InputBudget budget, Console console) {
    TrainingSettings train = round.train();
    if (train.sequences().maxLength().isEmpty()
        || train.sequences().overLength() != OverLength.ERROR) {
      return;
    }
    GenerateSettings made = round.generate();
    int limit = train.sequences().maxLength().getAsInt();
    int turns =
        train.sequences().layout() == SequenceLayout.CHAIN ? made.cut().pairsPerDocument() : 1;
    int answer =
        Math.max(
            made.answers().maxNewTokens(),
            train
                .objective()
                .requirements()
                .freshSamples()
                .map(FreshSamples::maxNewTokens)
                .orElse(0));
    int turn = budget.instructionTokens() + answer;
    int least = made.lengthTokens() + budget.templateTokens();
    String sequences =
        String.format(
            Locale.ROOT,
            "documents of up to %,d tokens, a template of %,d and %d x up to %,d of instruction and"
                + " answer",
            made.lengthTokens(),
            budget.templateTokens(),
            turns,
            turn);
    String advice = "; raise it, give smaller lengths, or choose --over-length drop";
    if (least > limit) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s is %,d tokens, but training reads %s%s.",
              given.where("max_length"),
              limit,
              sequences,
              advice));
    }
    if (least + (long) turns * turn > limit) {
      console.warn(
          String.format(
              Locale.ROOT,
              "max_length of %,d tokens may be too few for %s, and the first document beyond it"
                  + " ends the training%s.",
              limit,
              sequences,
              advice));
    }
  }
}
