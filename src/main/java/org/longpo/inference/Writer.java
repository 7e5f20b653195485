package org.longpo.inference;

import java.util.List;

/** Writes texts for prompts: a model on this machine, or one that is asked over a network. */
public interface Writer {
  /** As messages name it: the folder of a model, the address of a server. */
  String name();

  /** Of all that decides what it writes for a prompt, besides the request and the settings. */
  String fingerprint();

  /**
   * One text for every request, in their order. All requests of a call are one batch: what their
   * prompts share is read once, and they are written together.
   *
   * @param listener receives the texts as they grow
   * @throws org.longpo.error.UserError if the model cannot write them
   */
  List<Written> write(List<WriteRequest> requests, WriteSettings settings, Listener listener);

  /** As {@link #write(List, WriteSettings, Listener)}, without a listener. */
  default List<Written> write(List<WriteRequest> requests, WriteSettings settings) {
    return write(requests, settings, Listener.NONE);
  }

  /** Opens a session; a writer that keeps nothing returns one that reads all prompts anew. */
  default Session session() {
    return new PlainSession(this);
  }

  /** What a part of a text belongs to. */
  enum Part {
    REASONING,
    ANSWER
  }

  /** Receives texts as they grow. */
  @FunctionalInterface
  interface Listener {
    /** Lets all texts go on. */
    Listener NONE = (request, part, text) -> true;

    /**
     * More of a text; all answer parts together are {@link Written#text}, but for white space at
     * its beginning. Called at least once with {@link Part#ANSWER} where there is an answer.
     *
     * @param request its index
     * @param text may be empty, where a token gave no text yet
     * @return whether the text is to go on
     */
    boolean written(int request, Part part, String text);
  }
}
