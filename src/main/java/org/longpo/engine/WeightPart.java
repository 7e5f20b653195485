package org.longpo.engine;

import java.util.List;

/**
 * Weights that are needed at the same time and leased together: the embedding, a layer, or the
 * head. Their gradients and what an optimizer remembers of them are leased with them.
 *
 * @param <W> what they are
 */
public interface WeightPart<W> {
  /** Asks for the weights; every lease is given back before the pass ends. */
  Lease<W> lease();

  /**
   * The weights under their names, in the order of a checkpoint. Names, shapes and types are known
   * at any time, values only while they are leased.
   */
  List<Parameter> parameters();
}
