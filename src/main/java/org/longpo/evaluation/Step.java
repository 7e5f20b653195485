package org.longpo.evaluation;

import java.util.List;
import java.util.function.Function;
import org.longpo.inference.Scorer;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Written;
import org.longpo.text.Prompt;

/**
 * What an item does next. The items of a batch take their steps together: all that they ask a model
 * at one time is one call, in which what they share is read once. The answers may be those of the
 * tested model or of the judge of its answers.
 */
public sealed interface Step {
  /** Asks for texts. */
  sealed interface Texts extends Step {
    List<Prompt> prompts();

    WriteSettings how();

    /** The next step, from one text for every prompt. */
    Function<List<Written>, Step> then();
  }

  /** Asks the model that is tested for texts. */
  record Write(List<Prompt> prompts, WriteSettings how, Function<List<Written>, Step> then)
      implements Texts {
    public Write {
      prompts = List.copyOf(prompts);
    }
  }

  /**
   * Asks the judge of its answers for texts.
   *
   * @param prompts made by the judge's own {@link TaskContext#judgePrompts}
   */
  record Judge(List<Prompt> prompts, WriteSettings how, Function<List<Written>, Step> then)
      implements Texts {
    public Judge {
      prompts = List.copyOf(prompts);
    }
  }

  /**
   * Asks for the log-probabilities of given ids.
   *
   * @param starts of every sequence the first id that is scored, at least 1
   * @param then the next step, from the scores of every sequence
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Score(List<int[]> sequences, int[] starts, Function<List<Scorer.Scored>, Step> then)
      implements Step {
    public Score {
      sequences = List.copyOf(sequences);
    }
  }

  /** Asks nothing more. */
  record Done(ItemResult result) implements Step {}
}
