package org.longpo.training;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.longpo.objective.Reading;

/**
 * One document, laid out for one forward and one backward pass: complete token sequences, and what
 * stands where in them.
 *
 * @param id the document's id in the pair file
 * @param sequences token ids, template tokens included; what they share is found by the token tree
 * @param spans every policy reading of every pair
 * @param nllSequences indices of the sequences that the whole-sequence NLL runs over: K (tree) or
 *     one (chain)
 * @param references for each pair the frozen reference's log-probs (nats), one per response token
 */
public record TrainingExample(
    String id,
    List<int[]> sequences,
    List<ResponseSpan> spans,
    List<Integer> nllSequences,
    List<Map<Reading, double[]>> references) {
  public TrainingExample {
    sequences = List.copyOf(sequences);
    spans = List.copyOf(spans);
    nllSequences = List.copyOf(nllSequences);
    references =
        references.stream()
            .<Map<Reading, double[]>>map(pair -> pair.isEmpty() ? Map.of() : new EnumMap<>(pair))
            .toList();
    for (ResponseSpan span : spans) {
      if (span.end() > sequences.get(span.sequence()).length) {
        throw new IllegalArgumentException(span + " leaves its sequence");
      }
    }
  }

  /** K. */
  public int pairs() {
    return references.size();
  }

  /** Tokens of the longest sequence: the context that the model needs. */
  public int longest() {
    return sequences.stream().mapToInt(sequence -> sequence.length).max().orElseThrow();
  }

  /** |S_j| of every NLL sequence: all its tokens but the first, which nothing predicts. */
  public int[] nllTokens() {
    return nllSequences.stream().mapToInt(s -> sequences.get(s).length - 1).toArray();
  }

  @Override
  public String toString() {
    return "TrainingExample[%s, %d pairs, sequences of %s tokens]"
        .formatted(
            id, pairs(), Arrays.toString(sequences.stream().mapToInt(s -> s.length).toArray()));
  }
}
