package org.longpo.engine;

import java.util.List;

/** Weights in memory, for as long as the scope lives that they were made in. */
record ResidentPart<W>(W weights, List<Parameter> parameters) implements WeightPart<W>, Lease<W> {
  @Override
  public Lease<W> lease() {
    return this;
  }

  @Override
  public void close() {
    // They stay.
  }
}
