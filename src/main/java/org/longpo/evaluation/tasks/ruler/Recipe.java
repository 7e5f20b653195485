package org.longpo.evaluation.tasks.ruler;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.evaluation.Seeds;
import org.longpo.text.Prompts;

/** How a task's samples are made. */
interface Recipe {
  /** What is asked, before it is known how much stands around it. */
  Growing draw(Draw draw);

  /** Samples that there are; empty where they never end. */
  default Optional<Integer> samples() {
    return Optional.empty();
  }

  /** A number that samples have in common if one document answers them. */
  default int cluster(int index) {
    return index;
  }

  /** A sample that can be made in any size; a larger one has more tokens. */
  interface Growing {
    /** The smallest size in which it has an answer. */
    int smallest();

    /** The sample of a size; the same on every call. */
    RulerSample sample(int size);
  }

  /**
   * Which sample, and what decides everything random about it. The length does not: sample i asks
   * the same in all lengths, so that what differs between them is the context.
   *
   * @param prompts of the model that will read it
   * @param wording in which it is asked
   * @param task its name, so that tasks differ
   * @param length tokens of the prompt and of the answer that is yet to be written
   * @param index of the sample among those of its length
   */
  record Draw(
      Prompts prompts, RulerWording wording, String task, long seed, int length, int index) {
    /** A new generator of this sample's random numbers, one per purpose. */
    Random random(String purpose) {
      return Seeds.random(seed, "ruler " + task + " " + purpose, index);
    }

    /** {@code count} distinct ones of the numbers [0, below), in random order. */
    List<Integer> distinct(int count, int below, String purpose) {
      return random(purpose).ints(0, below).distinct().limit(count).boxed().toList();
    }
  }
}
