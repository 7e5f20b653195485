package org.longpo.evaluation.tasks.ruler;

import java.util.List;
import org.longpo.evaluation.tasks.ruler.NeedleRecipe.Haystack;
import org.longpo.evaluation.tasks.ruler.NeedleRecipe.Needles;
import org.longpo.evaluation.tasks.ruler.QuestionSet.Format;
import org.longpo.evaluation.tasks.ruler.RulerSource.OfNeedles;
import org.longpo.evaluation.tasks.ruler.RulerSource.OfNothing;
import org.longpo.evaluation.tasks.ruler.RulerSource.OfQuestions;
import org.longpo.evaluation.tasks.ruler.RulerSource.OfWords;

/**
 * The 13 tasks of RULER with their parameters, as in {@code scripts/synthetic.yaml} of
 * github.com/NVIDIA/RULER.
 */
public final class RulerTasks {
  public static final List<RulerTask> ALL =
      List.of(
          needles("niah-single-1", "a number in noise", Haystack.NOISE, numbers(1, 1, 1)),
          needles("niah-single-2", "a number in a text", Haystack.ESSAY, numbers(1, 1, 1)),
          needles(
              "niah-single-3",
              "a UUID in a text",
              Haystack.ESSAY,
              new Needles(NeedleName.WORDS, NeedleName.UUIDS, 1, 1, 1)),
          needles("niah-multikey-1", "one number of four", Haystack.ESSAY, numbers(4, 1, 1)),
          needles("niah-multikey-2", "a number among others", Haystack.NEEDLES, numbers(1, 1, 1)),
          needles(
              "niah-multikey-3",
              "a UUID among others",
              Haystack.NEEDLES,
              new Needles(NeedleName.UUIDS, NeedleName.UUIDS, 1, 1, 1)),
          needles("niah-multivalue", "four numbers of a key", Haystack.ESSAY, numbers(1, 4, 1)),
          needles("niah-multiquery", "the numbers of four keys", Haystack.ESSAY, numbers(4, 1, 4)),
          new RulerTask(
              "vt",
              "vt",
              "variable tracking",
              RulerKind.VARIABLES,
              new OfNothing(new VariableRecipe())),
          new RulerTask("cwe", "cwe", "common words", RulerKind.COMMON_WORDS, new OfWords()),
          new RulerTask(
              "fwe",
              "fwe",
              "frequent words",
              RulerKind.FREQUENT_WORDS,
              new OfNothing(new FrequentWordRecipe())),
          new RulerTask(
              "ruler-qa-1",
              "qa_1",
              "questions about one document",
              RulerKind.QUESTIONS,
              new OfQuestions(Format.SQUAD, "squad.json", "xquad.en.json")),
          new RulerTask(
              "ruler-qa-2",
              "qa_2",
              "questions about several documents",
              RulerKind.QUESTIONS,
              new OfQuestions(Format.HOTPOT, "hotpotqa.json", "hotpot_dev_distractor_v1.json")));

  private RulerTasks() {}

  private static RulerTask needles(String id, String name, Haystack haystack, Needles needles) {
    return new RulerTask(
        id, id.replace('-', '_'), name, RulerKind.NEEDLES, new OfNeedles(haystack, needles));
  }

  /** Numbers that words are the keys of. */
  private static Needles numbers(int keys, int valuesPerKey, int queries) {
    return new Needles(NeedleName.WORDS, NeedleName.NUMBERS, keys, valuesPerKey, queries);
  }
}
