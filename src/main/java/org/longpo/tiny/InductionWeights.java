package org.longpo.tiny;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Initial weights with which a model's first two layers already say what followed a token the last
 * time: induction heads (Olsson et al. 2022, arXiv:2209.11895). From random weights a model of some
 * million parameters with a token for every word found none in 3,000 steps, and answered with any
 * word of the right kind (docs/village.md). All of them are trained further.
 *
 * <p>A row of the residual stream, {@code hidden} numbers, has these parts:
 *
 * <ol>
 *   <li>one number that is the same for all tokens, so that attention can look at places alone;
 *   <li>the token's own embedding, {@link #TOKEN} numbers;
 *   <li>for each of the {@link #DISTANCES} tokens before it a shadow of that one's embedding;
 *   <li>the rest: what is said. Only the head reads it.
 * </ol>
 *
 * <p>In the first layer one head for each distance copies the shadow (a projection of the
 * embedding) of the token so far back. In the second layer a head looks for the place before which
 * stood what stands here, or what stood before; what stands there is said.
 */
final class InductionWeights {
  /** Numbers of a token's embedding. */
  private static final int TOKEN = 64;

  /** Tokens before one that it knows of. */
  private static final int DISTANCES = 4;

  private static final double CONSTANT = 4;
  private static final double EMBEDDING_DEVIATION = 1.7;
  private static final double HEAD_DEVIATION = 0.05;

  /** Pairs of a head's dimensions that turn fastest: these tell neighbouring places apart. */
  private static final int FAST_PAIRS = 7;

  /**
   * Of query and key for each of them: half of the attention or more is at the one distance, in a
   * window of some hundred tokens.
   */
  private static final double SHARPNESS = 6.4;

  /** Of query and key of what is looked for: a match outweighs a hundred other places. */
  private static final double MATCH = 1.8;

  private static final double COPY = 0.7;

  /**
   * What a head of the second layer looks for: a place whose token at a distance before it is the
   * one at another distance before here; 0 is the token itself.
   */
  private record Lookup(int here, int there) {}

  /** The first is what follows the same token, the others what follows it in other words. */
  private static final List<Lookup> LOOKUPS =
      List.of(
          new Lookup(0, 1),
          new Lookup(1, 2),
          new Lookup(1, 3),
          new Lookup(2, 3),
          new Lookup(2, 4),
          new Lookup(1, 4));

  private final TinyShape shape;
  private final InitialWeights weights;
  private final Random random;
  private final int headDim;

  /** Numbers of a shadow, and of a head's dimensions that turn slowly. */
  private final int shadow;

  /** [shadow][TOKEN], orthonormal rows. */
  private final double[][] shadowOfToken;

  /** [said][TOKEN], orthonormal rows. */
  private final double[][] saidOfToken;

  private InductionWeights(TinyShape shape, InitialWeights weights, Random random) {
    this.shape = shape;
    this.weights = weights;
    this.random = random;
    headDim = shape.hidden() / shape.heads();
    shadow = headDim / 2;
    shadowOfToken = orthonormal(shadow, TOKEN);
    saidOfToken = orthonormal(shape.hidden() - said(), TOKEN);
  }

  /**
   * Writes them over drawn ones.
   *
   * @param shape with a head of its own, at least two layers, as many heads as there are lookups,
   *     and a stream wide enough for all parts
   */
  static void write(TinyShape shape, InitialWeights weights, Random random) {
    InductionWeights induction = new InductionWeights(shape, weights, random);
    induction.writeEmbeddings();
    for (int distance = 1; distance <= DISTANCES; distance++) {
      induction.writePrevious(distance - 1, distance);
    }
    for (int head = 0; head < LOOKUPS.size(); head++) {
      induction.writeLookup(head, LOOKUPS.get(head));
    }
  }

  private int shadowOf(int distance) {
    return 1 + TOKEN + (distance - 1) * shadow;
  }

  /** Where the part that the head reads begins. */
  private int said() {
    return 1 + TOKEN + DISTANCES * shadow;
  }

  private void writeEmbeddings() {
    float[] embeddings = weights.of("model.embed_tokens.weight");
    float[] head = weights.of("lm_head.weight");
    int hidden = shape.hidden();
    Arrays.fill(embeddings, 0);
    Arrays.fill(head, 0);
    for (int row = 0; row < embeddings.length; row += hidden) {
      embeddings[row] = (float) CONSTANT;
      for (int i = 0; i < TOKEN; i++) {
        embeddings[row + 1 + i] = (float) (EMBEDDING_DEVIATION * random.nextGaussian());
      }
      for (int i = 0; i < saidOfToken.length; i++) {
        double sum = 0;
        for (int j = 0; j < TOKEN; j++) {
          sum += saidOfToken[i][j] * embeddings[row + 1 + j];
        }
        head[row + said() + i] = (float) (HEAD_DEVIATION * sum);
      }
    }
  }

  /**
   * A head that attends to the token so far back, wherever it is: query and key are constant, and
   * the key is turned as RoPE turns the query by this distance.
   */
  private void writePrevious(int head, int distance) {
    HeadOfLayer own = new HeadOfLayer(0, head);
    own.clear();
    double constant = CONSTANT / embeddingScale();
    for (int pair = 0; pair < FAST_PAIRS; pair++) {
      double turned = distance * Math.pow(TinyShape.ROPE_THETA, -2.0 * pair / headDim);
      own.query(pair, 0, SHARPNESS / constant);
      own.key(pair, 0, SHARPNESS * Math.cos(turned) / constant);
      own.key(pair + headDim / 2, 0, SHARPNESS * Math.sin(turned) / constant);
    }
    for (int i = 0; i < shadow; i++) {
      for (int j = 0; j < TOKEN; j++) {
        own.value(i, 1 + j, shadowOfToken[i][j]);
      }
      own.output(shadowOf(distance) + i, i, 1);
    }
  }

  /** Root mean square of a row before the first layer, by which its norm divides. */
  private double embeddingScale() {
    return Math.sqrt(
        (TOKEN * EMBEDDING_DEVIATION * EMBEDDING_DEVIATION + CONSTANT * CONSTANT) / shape.hidden());
  }

  private void writeLookup(int head, Lookup lookup) {
    HeadOfLayer own = new HeadOfLayer(1, head);
    own.clear();
    for (int i = 0; i < shadow; i++) {
      int slow = slowDimension(i);
      if (lookup.here() == 0) {
        for (int j = 0; j < TOKEN; j++) {
          own.query(slow, 1 + j, MATCH * shadowOfToken[i][j]);
        }
      } else {
        own.query(slow, shadowOf(lookup.here()) + i, MATCH);
      }
      own.key(slow, shadowOf(lookup.there()) + i, MATCH);
    }
    double[][] part = orthonormal(headDim, TOKEN);
    for (int i = 0; i < headDim; i++) {
      for (int j = 0; j < TOKEN; j++) {
        own.value(i, 1 + j, COPY * part[i][j]);
      }
      for (int said = 0; said < saidOfToken.length; said++) {
        double sum = 0;
        for (int j = 0; j < TOKEN; j++) {
          sum += saidOfToken[said][j] * part[i][j];
        }
        own.output(said() + said, i, COPY * sum);
      }
    }
  }

  /** RoPE turns dimension i with i + headDim / 2; the later half of the pairs turns slowly. */
  private int slowDimension(int i) {
    int pairs = headDim / 2;
    int slowPairs = pairs / 2;
    return i < slowPairs ? slowPairs + i : pairs + i;
  }

  /** Gaussian rows, made orthonormal one after another (Gram-Schmidt). */
  private double[][] orthonormal(int rows, int columns) {
    double[][] made = new double[rows][columns];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < columns; i++) {
        made[row][i] = random.nextGaussian();
      }
      for (int before = 0; before < row; before++) {
        add(made[row], made[before], -dot(made[row], made[before]));
      }
      double length = Math.sqrt(dot(made[row], made[row]));
      for (int i = 0; i < columns; i++) {
        made[row][i] /= length;
      }
    }
    return made;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static void add(double[] to, double[] values, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * values[i];
    }
  }

  /** The rows and columns of a layer's matrices that belong to one head. */
  private final class HeadOfLayer {
    private final int head;
    private final float[] query;
    private final float[] key;
    private final float[] value;
    private final float[] output;

    HeadOfLayer(int layer, int head) {
      this.head = head;
      query = matrix(layer, "q");
      key = matrix(layer, "k");
      value = matrix(layer, "v");
      output = matrix(layer, "o");
    }

    private float[] matrix(int layer, String name) {
      return weights.of("model.layers.%d.self_attn.%s_proj.weight".formatted(layer, name));
    }

    private int at(int dimension, int column) {
      return (head * headDim + dimension) * shape.hidden() + column;
    }

    void query(int dimension, int column, double weight) {
      query[at(dimension, column)] = (float) weight;
    }

    void key(int dimension, int column, double weight) {
      key[at(dimension, column)] = (float) weight;
    }

    void value(int dimension, int column, double weight) {
      value[at(dimension, column)] = (float) weight;
    }

    void output(int row, int dimension, double weight) {
      output[row * shape.hidden() + head * headDim + dimension] = (float) weight;
    }

    void clear() {
      int from = at(0, 0);
      int to = at(headDim, 0);
      Arrays.fill(query, from, to, 0);
      Arrays.fill(key, from, to, 0);
      Arrays.fill(value, from, to, 0);
      for (int row = 0; row < shape.hidden(); row++) {
        for (int dimension = 0; dimension < headDim; dimension++) {
          output(row, dimension, 0);
        }
      }
    }
  }
}
