package org.longpo.objective;

/**
 * The objectives that compare the two responses given one and the same input, so that {@link
 * SoLoPo} can apply them to the short one. Alone, they read the long input.
 */
public sealed interface PairPreference extends Objective permits Dpo, SimPo, Orpo {}
