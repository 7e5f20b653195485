package org.longpo.training;

/** How several instructions of one document stand together in its sequences. */
public enum SequenceLayout {
  /** Every [D ; I_k ; y] branches off D alone, as it was sampled. */
  TREE,
  /**
   * Turns follow each other, one conversation per side (the paper's code): D, I_1, y_S,1, I_2,
   * y_S,2 ... and D, I_1, y_L,1, I_2, y_L,2 ... Only D and I_1 are shared.
   */
  CHAIN;
}
