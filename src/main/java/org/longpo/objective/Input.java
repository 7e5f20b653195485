package org.longpo.objective;

/** The input that a response's log-probs are conditioned on. */
public enum Input {
  /** The whole document and the instruction, x_L = [D ; I_k]; in a chain the earlier turns too. */
  LONG,
  /** The chunk and the instruction alone, x_S = [c_k ; I_k]; never with earlier turns. */
  SHORT
}
