package org.longpo.training;

import java.util.Arrays;
import java.util.Locale;
import org.longpo.error.UserError;

/** How several instructions of one document stand together in its sequences. */
public enum SequenceLayout {
  /** Every [D ; I_k ; y] branches off D alone, as it was sampled. */
  TREE,
  /**
   * Turns follow each other, one conversation per side (the paper's code): D, I_1, y_S,1, I_2,
   * y_S,2 ... and D, I_1, y_L,1, I_2, y_L,2 ... Only D and I_1 are shared.
   */
  CHAIN;

  /** The name in settings. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws UserError if there is no such layout
   */
  public static SequenceLayout parse(String name) {
    return Arrays.stream(values())
        .filter(layout -> layout.key().equals(name))
        .findFirst()
        .orElseThrow(() -> new UserError("Unknown layout '" + name + "': tree or chain."));
  }
}
