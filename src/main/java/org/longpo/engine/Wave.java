package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * Prompts that were read in one pass, as long as one of their sequences is active: the rows of
 * their spans. They are copied out of the pass, which had room for one layer at a time, or kept
 * whole for the next call.
 */
final class Wave {
  private final PrefixLayout layout;
  private final Shared shared;
  private int active;

  private Wave(PrefixLayout layout, Shared shared) {
    this.layout = layout;
    this.shared = shared;
    this.active = layout.order().length;
  }

  /** Where the rows of spans are. */
  private interface Shared extends Prefill.Memory {
    KeysAndValues layer(int layer);

    int firstRow(PrefixLayout.Span span);

    /** Rows that it holds. */
    long rows();

    void free();
  }

  /** A wave with memory of its own, until the last of its sequences leaves. */
  static Wave alone(LanguageModel model, PrefixLayout layout, OwnEnds ends) {
    return new Wave(layout, new Copied(model, layout, ends));
  }

  /** A wave whose rows may be kept for the next call. */
  static Wave in(KeptPrompts.Reading reading, PrefixLayout layout, OwnEnds ends) {
    return new Wave(layout, new Kept(reading, ends));
  }

  PrefixLayout layout() {
    return layout;
  }

  /** Rows that are held besides those of slots. */
  long rows() {
    return shared.rows();
  }

  /** What the pass over the prompts writes to. */
  Prefill.Memory memory() {
    return shared;
  }

  /** Keys and values of a layer, the rows of the spans among them. */
  KeysAndValues shared(int layer) {
    return shared.layer(layer);
  }

  /** Where a span begins among these rows. */
  int firstRow(PrefixLayout.Span span) {
    return shared.firstRow(span);
  }

  /** One of its sequences has ended; with the last one the rows are freed. */
  void leave() {
    active--;
    if (active == 0) {
      shared.free();
    }
  }

  /** Frees the rows of a wave that is not over: after a failure. */
  void free() {
    shared.free();
  }

  boolean isOver() {
    return active == 0;
  }

  /**
   * The rows that belong to one sequence each, and where they are copied to.
   *
   * @param rows in the tree
   * @param index as {@link OwnRows#index} gives it
   */
  record OwnEnds(OwnRows own, Tensor rows, Tensor index) {
    /**
     * In the scope that is open now.
     *
     * @param slots by sequence of the layout
     */
    static OwnEnds of(LanguageModel model, PrefixLayout layout, OwnRows own, int[] slots) {
      List<Integer> rows = new ArrayList<>();
      List<Integer> slotOfRow = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      for (int s = 0; s < slots.length; s++) {
        int[] ofSequence = layout.ownRows(s);
        for (int place = 0; place < ofSequence.length; place++) {
          rows.add(ofSequence[place]);
          slotOfRow.add(slots[s]);
          places.add(place);
        }
      }
      return new OwnEnds(
          own,
          Tensor.of(ints(rows), model.device()),
          Tensor.of(own.index(ints(slotOfRow), ints(places)), model.device()));
    }

    private static int[] ints(List<Integer> values) {
      return values.stream().mapToInt(Integer::intValue).toArray();
    }

    void copy(int layer, KeysAndValues from) {
      if (rows.size(0) > 0) {
        own.write(
            layer, index, from.keys().indexSelect(0, rows), from.values().indexSelect(0, rows));
      }
    }
  }

  private static final class Copied implements Shared {
    private final LanguageModel model;
    private final PrefixLayout layout;
    private final OwnEnds ends;
    private final List<KeysAndValues> layers;

    Copied(LanguageModel model, PrefixLayout layout, OwnEnds ends) {
      this.model = model;
      this.layout = layout;
      this.ends = ends;
      this.layers =
          IntStream.range(0, model.config().layers())
              .mapToObj(layer -> KeysAndValues.empty(model, layout.sharedRows()).outliveScopes())
              .toList();
    }

    @Override
    public KeysAndValues rows(int layer) {
      return KeysAndValues.empty(model, layout.tree().rows());
    }

    @Override
    public void complete(int layer, KeysAndValues rows) {
      try (Scope ignored = Scope.open()) {
        for (PrefixLayout.Span span : layout.spans()) {
          copy(rows.keys(), layers.get(layer).keys(), span);
          copy(rows.values(), layers.get(layer).values(), span);
        }
        ends.copy(layer, rows);
      }
    }

    private static void copy(Tensor from, Tensor to, PrefixLayout.Span span) {
      to.rows(span.at(), span.at() + span.length())
          .copyInPlace(from.rows(span.start(), span.end()));
    }

    @Override
    public KeysAndValues layer(int layer) {
      return layers.get(layer);
    }

    @Override
    public int firstRow(PrefixLayout.Span span) {
      return span.at();
    }

    @Override
    public long rows() {
      return layout.sharedRows();
    }

    @Override
    public void free() {
      layers.forEach(KeysAndValues::free);
    }
  }

  private record Kept(KeptPrompts.Reading reading, OwnEnds ends) implements Shared {
    @Override
    public KeysAndValues rows(int layer) {
      return reading.rows(layer);
    }

    @Override
    public void complete(int layer, KeysAndValues rows) {
      try (Scope ignored = Scope.open()) {
        ends.copy(layer, rows);
      }
      reading.complete(layer, rows);
    }

    @Override
    public KeysAndValues layer(int layer) {
      return reading.layer(layer);
    }

    @Override
    public int firstRow(PrefixLayout.Span span) {
      return span.start();
    }

    @Override
    public long rows() {
      return reading.rows();
    }

    @Override
    public void free() {
      reading.finish();
    }
  }
}
