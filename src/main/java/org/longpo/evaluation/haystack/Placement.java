package org.longpo.evaluation.haystack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts at borders of a run of sentences: each at the border nearest to its depth that is still
 * free, or, where there are more texts than borders, at the nearest one.
 */
final class Placement {
  private final HaystackText text;
  private final int start;
  private final int sentences;
  private final List<Planted> planted;

  /** For every planted text the number of sentences before it. */
  private final int[] borders;

  Placement(HaystackText text, int start, int sentences, List<Planted> planted) {
    this.text = text;
    this.start = start;
    this.sentences = sentences;
    this.planted = planted;
    this.borders = borders();
  }

  /** Share of the run's tokens before every planted text; 0 in an empty run. */
  List<Double> depthPercents() {
    return Arrays.stream(borders).mapToObj(this::depthPercent).toList();
  }

  /** The sentences with the planted texts among them; no white space at the end. */
  String context() {
    StringBuilder context = new StringBuilder();
    int from = 0;
    for (int i : inTextOrder()) {
      context.append(text.text(start + from, start + borders[i]));
      from = borders[i];
      Planted.Form form = planted.get(i).form();
      context.append(form.gapAfter(context)).append(planted.get(i).text()).append(form.separator());
    }
    context.append(text.text(start + from, start + sentences));
    return context.toString().stripTrailing();
  }

  private List<Integer> inTextOrder() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < borders.length; i++) {
      order.add(i);
    }
    order.sort((a, b) -> Integer.compare(borders[a], borders[b]));
    return order;
  }

  private int[] borders() {
    boolean[] taken = new boolean[sentences + 1];
    int[] chosen = new int[planted.size()];
    for (int i = 0; i < chosen.length; i++) {
      boolean[] avoided = i < taken.length ? taken : new boolean[taken.length];
      chosen[i] = nearest(planted.get(i).depthPercent(), avoided);
      taken[chosen[i]] = true;
    }
    return chosen;
  }

  /** The border nearest to a depth among those not avoided; the upper one of two as near. */
  private int nearest(double depthPercent, boolean[] avoided) {
    int best = -1;
    for (int border = 0; border <= sentences; border++) {
      if (!avoided[border]
          && (best < 0
              || Math.abs(depthPercent(border) - depthPercent)
                  < Math.abs(depthPercent(best) - depthPercent))) {
        best = border;
      }
    }
    return best;
  }

  private double depthPercent(int border) {
    long all = text.tokens(start, start + sentences);
    return all == 0 ? 0 : 100.0 * text.tokens(start, start + border) / all;
  }
}
