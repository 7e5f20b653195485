package org.longpo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tensor.Tensor;
import org.longpo.tree.TokenTree;

/**
 * Refuses logits and log-probabilities that are NaN or infinite: as a token, a text or a figure
 * they would look like a result.
 *
 * <p>Weights are finite when they are loaded, so the arithmetic left the range of its type; the
 * error says in which layer. Finding it costs a second pass, once, before the program ends.
 */
final class NonFiniteOutput {
  private NonFiniteOutput() {}

  /** Checks the logits after the last token of some sequences. */
  static void refuse(
      Tensor logits,
      LanguageModel model,
      EngineSettings settings,
      Supplier<List<int[]>> sequences) {
    if (!logits.allFinite()) {
      throw error("logits", model, settings, sequences.get());
    }
  }

  /** Checks log-probabilities of tokens of some sequences. */
  static void refuse(
      double[] logProbs,
      LanguageModel model,
      EngineSettings settings,
      Supplier<List<int[]>> sequences) {
    if (!Arrays.stream(logProbs).allMatch(Double::isFinite)) {
      throw error("log-probabilities", model, settings, sequences.get());
    }
  }

  private static UserError error(
      String what, LanguageModel model, EngineSettings settings, List<int[]> sequences) {
    return new UserError(
        "The model %s gives %s that are not finite (NaN or infinity): computing in %s, the first such values come out of %s; its weights do not suit this type or are damaged, so try %s."
            .formatted(
                model.name().model(),
                what,
                FiniteWeights.typeName(model.dtype()),
                origin(model, settings, sequences),
                model.dtype().bytes() < DType.FLOAT32.bytes()
                    ? "--dtype float32 or another copy of the model"
                    : "another copy of the model"));
  }

  /** The first part of the model whose output is not finite, by its name in a checkpoint. */
  private static String origin(
      LanguageModel model, EngineSettings settings, List<int[]> sequences) {
    for (List<Integer> group :
        PathLength.groups(model.config(), sequences.stream().mapToInt(s -> s.length).toArray())) {
      TokenTree tree = TokenTree.of(group.stream().map(sequences::get).toList());
      List<Integer> broken = new ArrayList<>();
      TreePass.Watch watch =
          (layer, output) -> {
            if (broken.isEmpty() && !output.allFinite()) {
              broken.add(layer);
            }
          };
      try (TreePass ignored =
          TreePass.forward(model, tree, settings, TreePass.Purpose.SCORE, watch)) {
        if (!broken.isEmpty()) {
          return "layer %d (model.layers.%d)".formatted(broken.getFirst() + 1, broken.getFirst());
        }
      }
    }
    return "the head (lm_head)";
  }
}
