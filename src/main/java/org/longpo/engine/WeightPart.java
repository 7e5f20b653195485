package org.longpo.engine;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

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

  /**
   * The same weights in another form, leased as they are leased here.
   *
   * @param form of leased weights
   * @param isPart whether the form has a weight
   */
  default <V> WeightPart<V> as(Function<W, V> form, Predicate<Parameter> isPart) {
    WeightPart<W> whole = this;
    return new WeightPart<>() {
      @Override
      public Lease<V> lease() {
        Lease<W> lease = whole.lease();
        return new Lease<>() {
          @Override
          public V weights() {
            return form.apply(lease.weights());
          }

          @Override
          public void close() {
            lease.close();
          }
        };
      }

      @Override
      public List<Parameter> parameters() {
        return whole.parameters().stream().filter(isPart).toList();
      }
    };
  }

  /** Weights that stay where they are: a lease costs nothing. */
  static <W> WeightPart<W> resident(W weights, List<Parameter> parameters) {
    return new ResidentPart<>(weights, List.copyOf(parameters));
  }
}
