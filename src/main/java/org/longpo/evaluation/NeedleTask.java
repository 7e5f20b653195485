package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Needle in a haystack: facts are hidden in a long text, one question asks for each, and an answer
 * is right if the fact's value occurs in it. A haystack's needles are spread over the depths in
 * turn, and the next haystack goes on where it stopped, so that all depths of a length are asked
 * about equally often. The other needles of a haystack are distractors, as in RULER's multi-key
 * task (Hsieh et al. 2024).
 */
final class NeedleTask {
  private final TestedModel model;
  private final EvaluationSettings settings;
  private final HaystackText text;

  NeedleTask(TestedModel model, EvaluationSettings settings, HaystackText text) {
    this.model = model;
    this.settings = settings;
    this.text = text;
  }

  List<EvaluationItem> items() {
    List<EvaluationItem> items = new ArrayList<>();
    for (int length : settings.lengths()) {
      for (int i = 0; i < settings.haystacksPerLength(); i++) {
        int index = i;
        items.add(
            new EvaluationItem(
                TaskKind.NEEDLE,
                length,
                index,
                () -> needles(length, index),
                () -> ask(length, index)));
      }
    }
    return items;
  }

  /** What an item hides and asks. */
  private record Hidden(
      List<Needle> needles, List<Planted> planted, List<String> asked, Haystack haystack) {}

  private Hidden needles(int length, int index) {
    Random random = Seeds.random(settings.seed(), "needle", length, index);
    NeedleWording wording = settings.needle();
    List<Needle> needles = Needle.draw(settings.questionsPerHaystack(), random, text::contains);
    List<Planted> planted = new ArrayList<>();
    for (int i = 0; i < needles.size(); i++) {
      planted.add(
          new Planted(
              wording.state(needles.get(i)),
              depth((long) index * needles.size() + i),
              Planted.Form.SENTENCE));
    }
    List<String> asked = needles.stream().map(wording::ask).toList();
    Questions questions = new Questions(model, wording.prompt(), asked);
    Haystack haystack = new HaystackBuilder(text, questions, planted, length).build(random);
    return new Hidden(needles, planted, asked, haystack);
  }

  private ItemResult ask(int length, int index) {
    Hidden hidden = needles(length, index);
    Haystack haystack = hidden.haystack();
    Asked answers = Asked.of(model, haystack.prompts(), settings.maxNewTokens());
    List<Answered> answered = new ArrayList<>();
    for (int i = 0; i < hidden.needles().size(); i++) {
      Needle needle = hidden.needles().get(i);
      List<String> expected = List.of(needle.value());
      answered.add(
          new Answered(
              hidden.planted().get(i).depthPercent(),
              haystack.depthPercents().get(i),
              haystack.prompts().get(i).length,
              hidden.asked().get(i),
              expected,
              answers.text(i),
              needle.isFoundIn(answers.text(i)),
              SquadScore.tokenF1(answers.text(i), expected),
              answers.answer(i).reasoning()));
    }
    return new ItemResult(
        TaskKind.NEEDLE, length, index, index, answers.modelTokens(), answered, List.of());
  }

  private double depth(long number) {
    List<Double> depths = settings.depthPercents();
    return depths.get((int) (number % depths.size()));
  }
}
