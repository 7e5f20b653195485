package org.longpo.tiny;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Parameter;
import org.longpo.engine.TreePass;
import org.longpo.engine.WeightParts;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tiny.Lesson.AnswerSpan;
import org.longpo.training.GradientNorm;
import org.longpo.training.Optimizer;
import org.longpo.training.OptimizerKind;
import org.longpo.training.WeightDecay;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

/** Trains a language model on lessons: the same weight on every token of them. */
final class Pretraining {
  private static final double MAX_GRAD_NORM = 1;

  /** Norms decay, too: the embedded model's bytes come from it. */
  private static final WeightDecay WEIGHT_DECAY = WeightDecay.ofAll(0.01);

  private final LanguageModel model;
  private final EngineSettings engine;
  private final WeightParts weights;
  private final Optimizer optimizer;

  Pretraining(LanguageModel model, EngineSettings engine) {
    this.model = model;
    this.engine = engine;
    weights = model.parts();
    optimizer = Optimizer.create(OptimizerKind.ADAMW, weights, WEIGHT_DECAY, Device.CPU);
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /**
   * What a lesson gave, before the model learned from it.
   *
   * @param nll nats per token
   * @param right answers of which every token was the most likely one
   */
  record Outcome(double nll, int right, int questions, int tokens) {}

  Outcome step(Lesson lesson, double learningRate) {
    try (Scope ignored = Scope.open()) {
      TokenTree tree = TokenTree.of(lesson.sequences());
      Targets targets = learned(tree, lesson.learnFrom());
      weights.forEachTrained(Parameter::zeroGradient);
      double nll = 0;
      int right;
      try (TreePass pass = TreePass.forward(model, tree, engine, TreePass.Purpose.TRAIN)) {
        right = right(pass, tree, lesson.answers());
        double[] coefficients = new double[targets.size()];
        Arrays.fill(coefficients, -1.0 / targets.size());
        for (double logProb : pass.backward(targets, coefficients)) {
          nll -= logProb / targets.size();
        }
      }
      GradientNorm.clip(weights, GradientNorm.of(weights), MAX_GRAD_NORM);
      optimizer.update(learningRate);
      return new Outcome(nll, right, lesson.answers().size(), tree.rows());
    }
  }

  private static Targets learned(TokenTree tree, List<Integer> learnFrom) {
    BitSet seen = new BitSet();
    List<Targets> parts = new ArrayList<>();
    for (int s = 0; s < tree.sequences(); s++) {
      int[] rows = tree.rowsOf(s);
      int first = learnFrom.get(s);
      while (first < rows.length && seen.get(rows[first])) {
        first++;
      }
      for (int i = first; i < rows.length; i++) {
        seen.set(rows[i]);
      }
      parts.add(tree.targets(s, first, rows.length));
    }
    return Targets.concatenate(parts);
  }

  private static int right(TreePass pass, TokenTree tree, List<AnswerSpan> answers) {
    if (answers.isEmpty()) {
      return 0;
    }
    Targets all =
        Targets.concatenate(
            answers.stream()
                .map(answer -> tree.targets(answer.sequence(), answer.start(), answer.end()))
                .toList());
    int[] said = pass.mostLikely(all.rows());
    int right = 0;
    int at = 0;
    for (AnswerSpan answer : answers) {
      boolean same = true;
      for (int i = answer.start(); i < answer.end(); i++) {
        same &= said[at] == all.tokens()[at];
        at++;
      }
      right += same ? 1 : 0;
    }
    return right;
  }
}
