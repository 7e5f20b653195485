package org.longpo.training;

import java.util.ArrayList;
import java.util.List;
import org.longpo.progress.Progress;

/** Keeps what a run tells its user. */
public record ToldSentences(List<String> sentences) implements Progress {
  public ToldSentences() {
    this(new ArrayList<>());
  }

  @Override
  public Task start(String name, String unit, long doneUnits, long totalUnits) {
    return (units, tokens, figures) -> {};
  }

  @Override
  public void say(String sentence) {
    sentences.add(sentence);
  }
}
