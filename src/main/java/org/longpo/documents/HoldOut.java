package org.longpo.documents;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longpo.files.Sha256;

/**
 * Splits a corpus into text to train on and text to evaluate on.
 *
 * <p>Whole documents are held out, chosen by the hash of their text and a seed: pieces of different
 * lengths overlap, so a split by pieces would let one round train on what another evaluates. Where
 * there is only one document, its end is held out.
 */
public final class HoldOut {
  private final Set<String> heldOutHashes;
  private final double tailShare;

  private HoldOut(Set<String> heldOutHashes, double tailShare) {
    this.heldOutHashes = heldOutHashes;
    this.tailShare = tailShare;
  }

  /**
   * Chooses documents in an order that content and seed decide, as long as they hold no more than
   * the share of all characters together; if every one is too long for that, the shortest one. At
   * least one document is held out and at least one is not.
   *
   * @param documents of different content
   * @param share of all characters to hold out, 0 (none) to below 1
   */
  public static HoldOut of(List<FoundDocument> documents, double share, long seed) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("hold_out must be 0 or more and below 1, not " + share);
    }
    if (share == 0 || documents.size() < 2) {
      return new HoldOut(Set.of(), share);
    }
    long budget = (long) (share * documents.stream().mapToLong(FoundDocument::chars).sum());
    Set<String> chosen = new LinkedHashSet<>();
    for (FoundDocument document : inOrderOf(seed, documents)) {
      if (document.chars() <= budget && chosen.size() < documents.size() - 1) {
        chosen.add(document.identity().sha256());
        budget -= document.chars();
      }
    }
    if (chosen.isEmpty()) {
      chosen.add(
          documents.stream()
              .min(
                  Comparator.comparingInt(FoundDocument::chars)
                      .thenComparing(found -> found.identity().sha256()))
              .orElseThrow()
              .identity()
              .sha256());
    }
    return new HoldOut(chosen, 0);
  }

  /** The range of a document that may be trained on; empty if it is held out. */
  public TextRange training(DocumentText document) {
    return new TextRange(0, split(document));
  }

  /** Whether some of a document may be evaluated on, without reading it. */
  public boolean isEvaluatedOn(FoundDocument document) {
    return tailShare > 0 || heldOutHashes.contains(document.identity().sha256());
  }

  /** The range of a document that may be evaluated on; empty if it is trained on. */
  public TextRange evaluation(DocumentText document) {
    return new TextRange(split(document), document.text().length());
  }

  private int split(DocumentText document) {
    String text = document.text();
    if (heldOutHashes.contains(document.identity().sha256())) {
      return 0;
    }
    int split = (int) Math.round(text.length() * (1 - tailShare));
    // Both sides must be whole characters.
    return split > 0
            && split < text.length()
            && Character.isSurrogatePair(text.charAt(split - 1), text.charAt(split))
        ? split - 1
        : split;
  }

  /** Sorted by a key that is computed once for each document: corpora have millions. */
  private static Collection<FoundDocument> inOrderOf(long seed, List<FoundDocument> documents) {
    SortedMap<String, FoundDocument> byKey = new TreeMap<>();
    documents.forEach(document -> byKey.put(key(document, seed), document));
    return byKey.values();
  }

  private static String key(FoundDocument document, long seed) {
    return Sha256.of((seed + "/" + document.identity().sha256()).getBytes(StandardCharsets.UTF_8));
  }
}
