package org.longpo.tiny;

import org.longpo.training.StateStore;

/**
 * What a checkpoint of the tiny model's training knows besides tensors.
 *
 * @param step steps done; every step is an update of the optimizer
 * @param curriculum decides the next lesson
 */
record LearningState(int step, Curriculum curriculum) implements StateStore.State {
  /** Before the first step. */
  static final LearningState START = new LearningState(0, Curriculum.start());
}
