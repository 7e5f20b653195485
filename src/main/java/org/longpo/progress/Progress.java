package org.longpo.progress;

/** Where long work reports what it does and how far it is. One task at a time is open. */
public interface Progress {
  /** Says nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public Task start(String name, String unit, long doneUnits, long totalUnits) {
          return (units, tokens, figures) -> {};
        }

        @Override
        public void say(String sentence) {}
      };

  /**
   * Opens a task.
   *
   * @param name what is done, as a heading: "Training, round 1"
   * @param unit what is counted, in the plural: "steps"
   * @param doneUnits what an earlier, interrupted run has done already
   * @param totalUnits all units, those done included; the time left is estimated by them, so they
   *     should cost about the same
   */
  Task start(String name, String unit, long doneUnits, long totalUnits);

  /** One line of plain words for the person who waits. */
  void say(String sentence);

  /** A task under way; closed when it ends, well or not. */
  @FunctionalInterface
  interface Task extends AutoCloseable {
    /**
     * Some units are done.
     *
     * @param units how many since the last call
     * @param tokens tokens that went through the model for them; 0 where none did
     * @param figures what to show beside the count, such as "loss 2.31"; may be empty
     */
    void advance(long units, long tokens, String figures);

    /** Units without figures. */
    default void advance(long units, long tokens) {
      advance(units, tokens, "");
    }

    @Override
    default void close() {}
  }
}
