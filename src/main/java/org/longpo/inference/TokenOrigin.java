package org.longpo.inference;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the ids of a text come from. */
public enum TokenOrigin {
  /** They are those that the writer drew. */
  @JsonProperty("sampled")
  SAMPLED,

  /**
   * The writer gave text alone, which was encoded. The writer may have drawn other ids of the same
   * text.
   */
  @JsonProperty("encoded")
  ENCODED
}
