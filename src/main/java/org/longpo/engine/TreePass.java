package org.longpo.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.longpo.engine.TransformerBlock.FinishGradients;
import org.longpo.engine.TransformerBlock.Projected;
import org.longpo.engine.attention.AttentionKernel;
import org.longpo.engine.attention.TreeAttention;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;
import org.longpo.tree.AttentionPart;
import org.longpo.tree.AttentionPlan;
import org.longpo.tree.Targets;
import org.longpo.tree.TokenTree;

/**
 * One pass of a model over a token tree: forward, log-probabilities, backward.
 *
 * <p>Layers are driven by hand as a stream. Forward keeps of each layer only its input and, if
 * requested, attention's output; backward walks the layers in reverse and computes the rest again,
 * tile by tile. So memory grows with rows x hidden size x layers, and nothing else does.
 *
 * <p>Legend: T rows of the tree, W hidden size, H query heads, G key/value heads, D head dimension.
 */
public final class TreePass implements AutoCloseable {
  /** The tensors that forward keeps. */
  public enum Purpose {
    /** Nothing: only log-probabilities will be read. */
    SCORE,
    /** What backward needs. */
    TRAIN
  }

  private final LanguageModel model;
  private final TokenTree tree;
  private final EngineSettings settings;
  private final Purpose purpose;
  private final Scope scope;
  private final Rotation rotation;
  private final TreeAttention attention;
  private final LossHead head;
  private final Map<OptionalInt, List<AttentionPart>> plans = new HashMap<>();
  private final SavedTensors inputs;
  private final SavedTensors outs;
  private final SavedTensors logSumExps;
  private final Tensor hidden;
  private boolean used;

  /** Receives every layer's output when it is computed. */
  @FunctionalInterface
  interface Watch {
    void after(int layer, Tensor output);
  }

  private TreePass(
      LanguageModel model, TokenTree tree, EngineSettings settings, Purpose purpose, Watch watch) {
    this.model = model;
    this.tree = tree;
    this.settings = settings;
    this.purpose = purpose;
    scope = Scope.open();
    try {
      rotation = model.rotation(tree.positions(), PathLength.common(model.config(), tree));
      attention = model.attention(settings);
      head = model.lossHead(settings);
      inputs = new SavedTensors(model.device(), settings.offloadActivations());
      outs = new SavedTensors(model.device(), settings.offloadActivations());
      logSumExps = new SavedTensors(model.device(), settings.offloadActivations());
      hidden = forward(watch);
    } catch (Throwable e) {
      // The caller has no pass yet to close, and an open scope would hide the exception.
      scope.close();
      throw e;
    }
  }

  /**
   * Runs the model over the tree.
   *
   * @throws org.longpo.error.UserError if the embedding has no row for one of the tokens
   */
  public static TreePass forward(
      LanguageModel model, TokenTree tree, EngineSettings settings, Purpose purpose) {
    return forward(model, tree, settings, purpose, (layer, output) -> {});
  }

  static TreePass forward(
      LanguageModel model, TokenTree tree, EngineSettings settings, Purpose purpose, Watch watch) {
    return new TreePass(model, tree, settings, purpose, watch);
  }

  /** The natural log-probability of every target. */
  public double[] logProbs(Targets targets) {
    return head.logProbs(hidden, targets);
  }

  /** The most likely token after each row. */
  public int[] mostLikely(int[] rows) {
    return head.mostLikely(hidden, rows);
  }

  /** The logits after some rows, [rows, vocabulary], row after row. */
  public double[] logits(int[] rows) {
    try (Scope ignored = Scope.open()) {
      return head.logits(hidden, rows).toDoubles();
    }
  }

  /**
   * Adds the gradients of {@code sum_i coefficients[i] * logProb_i} to the model's parameters; the
   * gradients of all branches add up in their shared prefix.
   *
   * @param coefficients derivative of the loss with respect to each target's log-probability
   * @return the targets' log-probabilities
   * @throws IllegalStateException if forward kept nothing, or backward ran before
   */
  public double[] backward(Targets targets, double[] coefficients) {
    if (purpose != Purpose.TRAIN || used) {
      throw new IllegalStateException("backward runs once, after a forward that kept its inputs");
    }
    used = true;
    Tensor gradient =
        Tensor.zeros(model.dtype(), model.device(), tree.rows(), model.config().hiddenSize());
    double[] logProbs = head.backward(hidden, targets, coefficients, gradient);
    for (int layer = model.blocks().size() - 1; layer >= 0; layer--) {
      try (Scope ignored = Scope.open()) {
        backwardLayer(layer, gradient);
      }
      inputs.free(layer);
    }
    Parameter embedding = model.embedding();
    if (embedding.isTrained()) {
      try (Scope ignored = Scope.open()) {
        embedding
            .gradient()
            .indexAddInPlace(
                0,
                Tensor.of(tree.tokens(), model.device()),
                model.scaleEmbedding(gradient.to(embedding.gradient().dtype())));
      }
    }
    return logProbs;
  }

  @Override
  public void close() {
    scope.close();
  }

  private Tensor forward(Watch watch) {
    Tensor stream;
    try (Scope lookUp = Scope.open()) {
      stream = lookUp.keep(model.embed(tree.tokens()));
    }
    for (int layer = 0; layer < model.blocks().size(); layer++) {
      Tensor input = stream;
      stream = forwardLayer(layer, input);
      watch.after(layer, stream);
      if (purpose == Purpose.TRAIN) {
        inputs.add(input);
      } else {
        input.free();
      }
    }
    return stream;
  }

  private Tensor forwardLayer(int layer, Tensor input) {
    TransformerBlock block = model.blocks().get(layer);
    AttentionKernel.Output result;
    Tensor output;
    try (Scope layerScope = Scope.open()) {
      result = attend(layer, project(block, input));
      output = layerScope.keep(Tensor.empty(input.dtype(), input.device(), input.shape()));
      for (Tile tile : tiles()) {
        try (Scope ignored = Scope.open()) {
          rows(output, tile).copyInPlace(block.finish(rows(input, tile), rows(result.out(), tile)));
        }
      }
      if (purpose == Purpose.TRAIN && settings.saveAttention()) {
        layerScope.keep(result.out());
        layerScope.keep(result.logSumExp());
      }
    }
    if (purpose == Purpose.TRAIN && settings.saveAttention()) {
      outs.add(result.out());
      logSumExps.add(result.logSumExp());
    }
    return output;
  }

  /** Replaces the gradient of a layer's output by that of its input; gradient: [T, W]. */
  private void backwardLayer(int layer, Tensor gradient) {
    TransformerBlock block = model.blocks().get(layer);
    Tensor input = inputs.get(layer);
    Projected projected = project(block, input);
    AttentionKernel.Output result =
        settings.saveAttention()
            ? new AttentionKernel.Output(outs.get(layer), logSumExps.get(layer))
            : attend(layer, projected);

    Tensor outGradient = Tensor.empty(model.dtype(), model.device(), projected.q().shape());
    for (Tile tile : tiles()) {
      try (Scope ignored = Scope.open()) {
        FinishGradients finish =
            block.finishBackward(rows(input, tile), rows(result.out(), tile), rows(gradient, tile));
        rows(gradient, tile).copyInPlace(finish.input());
        rows(outGradient, tile).copyInPlace(finish.attended());
      }
    }
    AttentionKernel.Gradients sums =
        new AttentionKernel.Gradients(
            zerosLike(projected.q()), zerosLike(projected.k()), zerosLike(projected.v()));
    attention.backward(
        new AttentionKernel.Saved(outGradient, result.out(), result.logSumExp()),
        projected.q(),
        projected.k(),
        projected.v(),
        plan(layer),
        sums);
    if (settings.saveAttention()) {
      outs.free(layer);
      logSumExps.free(layer);
    }
    outGradient.free();
    for (Tile tile : tiles()) {
      try (Scope ignored = Scope.open()) {
        Projected gradients =
            new Projected(
                rows(sums.query(), tile).to(model.dtype()),
                rows(sums.key(), tile).to(model.dtype()),
                rows(sums.value(), tile).to(model.dtype()));
        rows(gradient, tile)
            .addInPlace(
                block.projectBackward(
                    rows(input, tile), rotation.rows(tile.start(), tile.end()), gradients));
      }
    }
  }

  /** q: [T, H, D]; k, v: [T, G, D]. */
  private Projected project(TransformerBlock block, Tensor input) {
    int headDim = model.config().headDim();
    int queryHeads = model.config().attentionHeads();
    int keyValueHeads = model.config().keyValueHeads();
    Projected all =
        new Projected(
            heads(queryHeads, headDim),
            heads(keyValueHeads, headDim),
            heads(keyValueHeads, headDim));
    for (Tile tile : tiles()) {
      try (Scope ignored = Scope.open()) {
        Projected part = block.project(rows(input, tile), rotation.rows(tile.start(), tile.end()));
        rows(all.q(), tile).copyInPlace(part.q());
        rows(all.k(), tile).copyInPlace(part.k());
        rows(all.v(), tile).copyInPlace(part.v());
      }
    }
    return all;
  }

  private AttentionKernel.Output attend(int layer, Projected projected) {
    return attention.forward(projected.q(), projected.k(), projected.v(), plan(layer), 0);
  }

  private List<AttentionPart> plan(int layer) {
    return plans.computeIfAbsent(
        model.slidingWindow(layer), window -> AttentionPlan.of(tree, 0, tree.rows(), window));
  }

  private List<Tile> tiles() {
    return Tile.cut(tree.rows(), settings.tileTokens());
  }

  private Tensor heads(int count, int headDim) {
    return Tensor.empty(model.dtype(), model.device(), tree.rows(), count, headDim);
  }

  private static Tensor zerosLike(Tensor tensor) {
    DType dtype = tensor.dtype().accumulation();
    Device device = tensor.device();
    return Tensor.zeros(dtype, device, tensor.shape());
  }

  private static Tensor rows(Tensor tensor, Tile tile) {
    return tensor.rows(tile.start(), tile.end());
  }
}
