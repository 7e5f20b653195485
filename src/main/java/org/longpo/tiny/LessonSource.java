package org.longpo.tiny;

/** Makes the lesson of a step from the seed and the step's number alone. */
public interface LessonSource {
  /**
   * Random tokens, repeated: what forms the heads that copy. Nothing but the repetitions is
   * learned.
   */
  Lesson copies(int step);

  /**
   * What the model is to learn in its world.
   *
   * @param length tokens that a sequence may have, answer included
   */
  Lesson passages(int step, int length);
}
