package org.longpo.pipeline;

import org.longpo.files.StageIdentity;
import org.longpo.inference.Model;

/** The model that an evaluation is about, and how many parts of the work may use it at a time. */
interface TestedModel {
  /** Of its weights, tokenizer and template. */
  StageIdentity identity();

  /**
   * How many parts of some work are done at a time, at least 1.
   *
   * @param parts of the work
   * @param tokens of the longest prompt and its answer
   */
  int users(int parts, long tokens);

  /**
   * @param users threads that use it at a time; they share its memory for keys and values
   */
  Model sharedBy(int users);

  /** One that is used by one part of the work at a time. */
  static TestedModel alone(StageIdentity identity, Model model) {
    return new TestedModel() {
      @Override
      public StageIdentity identity() {
        return identity;
      }

      @Override
      public int users(int parts, long tokens) {
        return 1;
      }

      @Override
      public Model sharedBy(int users) {
        return model;
      }
    };
  }
}
