package org.longpo.checkpoint;

/** The tokens that a layer's attention can read, config.json's {@code layer_types}. */
public enum LayerType {
  /** Every earlier token. */
  FULL_ATTENTION("full_attention"),
  /** The last {@code sliding_window} tokens, the token itself included. */
  SLIDING_ATTENTION("sliding_attention");

  private final String configName;

  LayerType(String configName) {
    this.configName = configName;
  }

  /** The name in config.json. */
  public String configName() {
    return configName;
  }
}
