package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;

/** Rows [start, end) that are computed together. */
record Tile(int start, int end) {
  int rows() {
    return end - start;
  }

  static List<Tile> cut(int rows, int size) {
    return cut(0, rows, size);
  }

  static List<Tile> cut(int from, int to, int size) {
    List<Tile> tiles = new ArrayList<>();
    for (int start = from; start < to; start += size) {
      tiles.add(new Tile(start, Math.min(to, start + size)));
    }
    return tiles;
  }
}
