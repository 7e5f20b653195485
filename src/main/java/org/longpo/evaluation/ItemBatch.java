package org.longpo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.longpo.inference.Model;
import org.longpo.inference.Scorer;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Writer;
import org.longpo.inference.Written;

/** Items that take their steps together. */
public final class ItemBatch {
  /** Greedy decoding draws nothing. */
  private static final long ANY_SEED = 0;

  private final Model model;
  private final List<TaskItem> items;
  private final List<Step> steps = new ArrayList<>();
  private final long[] modelTokens;

  private ItemBatch(Model model, List<TaskItem> items) {
    this.model = model;
    this.items = items;
    this.modelTokens = new long[items.size()];
  }

  /** Takes all steps of the items; one result for each, in their order. */
  public static List<ItemResult> run(Model model, List<TaskItem> items) {
    return new ItemBatch(model, items).run();
  }

  private List<ItemResult> run() {
    items.forEach(item -> steps.add(item.begin().get()));
    boolean asked = true;
    while (asked) {
      // Not short-circuited: a round of steps is one call of each kind.
      asked =
          write(Step.Write.class, model.writer())
              | write(Step.Judge.class, model.judge())
              | score();
    }
    List<ItemResult> results = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      results.add(((Step.Done) steps.get(i)).result().withModelTokens(modelTokens[i]));
    }
    return results;
  }

  /**
   * The texts of all items that wait for this kind with the settings of the first one that does.
   */
  private boolean write(Class<? extends Step.Texts> kind, Writer writer) {
    List<Integer> waiting = new ArrayList<>();
    List<WriteRequest> requests = new ArrayList<>();
    SharedReading reading = new SharedReading();
    @Nullable WriteSettings how = null;
    for (int i = 0; i < steps.size(); i++) {
      if (kind.isInstance(steps.get(i))) {
        Step.Texts wanted = kind.cast(steps.get(i));
        if (how == null || how.equals(wanted.how())) {
          how = wanted.how();
          waiting.add(i);
          wanted.prompts().forEach(prompt -> requests.add(new WriteRequest(prompt, ANY_SEED)));
          modelTokens[i] +=
              reading.tokens(wanted.prompts().stream().map(prompt -> prompt.tokens()).toList());
        }
      }
    }
    if (how == null) {
      return false;
    }
    List<Written> written = writer.write(requests, Objects.requireNonNull(how));
    int from = 0;
    for (int i : waiting) {
      Step.Texts asked = kind.cast(steps.get(i));
      List<Written> own = written.subList(from, from + asked.prompts().size());
      from += own.size();
      modelTokens[i] += own.stream().mapToLong(Written::drawnTokens).sum();
      steps.set(i, asked.then().apply(own));
    }
    return true;
  }

  private boolean score() {
    List<Integer> waiting = new ArrayList<>();
    List<int[]> sequences = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    SharedReading reading = new SharedReading();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Score score) {
        waiting.add(i);
        sequences.addAll(score.sequences());
        for (int start : score.starts()) {
          starts.add(start);
        }
        modelTokens[i] += reading.tokens(score.sequences());
      }
    }
    if (waiting.isEmpty()) {
      return false;
    }
    List<Scorer.Scored> scored =
        model.scorer().score(sequences, starts.stream().mapToInt(start -> start).toArray());
    int from = 0;
    for (int i : waiting) {
      Step.Score score = (Step.Score) steps.get(i);
      List<Scorer.Scored> own = scored.subList(from, from + score.sequences().size());
      from += own.size();
      steps.set(i, score.then().apply(own));
    }
    return true;
  }
}
