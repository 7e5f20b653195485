package org.longpo.training;

import java.util.List;
import java.util.Map;

/** The documents of a run, laid out when they are read. */
public interface TrainingData {
  /** Number of documents. */
  int size();

  /** The document's id in the pair file. */
  String id(int index);

  /** A name for the source text that it comes from: the same for all pieces of one text. */
  String source(int index);

  /** The same example every time; with room for samples, where the objective has them drawn. */
  TrainingExample example(int index);

  /** Pairs of the example. */
  default int pairs(int index) {
    return example(index).pairs();
  }

  /** The ids with any of which a model ends its response. */
  default int[] endTokens() {
    return new int[0];
  }

  /** Ids of documents that were left out, as they are longer than {@code max_length}. */
  default List<String> droppedIds() {
    return List.of();
  }

  /** Characters that were kept of documents that were cut off, by their ids. */
  default Map<String, Integer> keptCharacters() {
    return Map.of();
  }

  /** How much it is; reads every example unless it is known. */
  default TrainingScale scale() {
    return TrainingScale.of(this);
  }

  /** A hash of everything that decides the examples: a run resumes only on the same data. */
  String sha256();
}
