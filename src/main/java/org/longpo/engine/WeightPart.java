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
   * The weights under their names, in the order of a checkpoint; one that two parts use belongs to
   * the first. Names, shapes and types are known at any time; values, gradients and what is
   * remembered only while they are leased.
   */
  List<Parameter> parameters();

  /** Weights that stay where they are: a lease costs nothing. */
  static <W> WeightPart<W> resident(W weights, List<Parameter> parameters) {
    return new ResidentPart<>(weights, List.copyOf(parameters));
  }
}
