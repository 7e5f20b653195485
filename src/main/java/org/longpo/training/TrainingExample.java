package org.longpo.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.longpo.objective.Reading;
import org.longpo.objective.Response;

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
 * @param shortPrompts for each pair the ids before a response given the short input, where samples
 *     take the place of the rejected responses; else none
 */
public record TrainingExample(
    String id,
    List<int[]> sequences,
    List<ResponseSpan> spans,
    List<Integer> nllSequences,
    List<Map<Reading, double[]>> references,
    List<int[]> shortPrompts) {
  public TrainingExample {
    sequences = List.copyOf(sequences);
    spans = List.copyOf(spans);
    nllSequences = List.copyOf(nllSequences);
    references =
        references.stream()
            .<Map<Reading, double[]>>map(pair -> pair.isEmpty() ? Map.of() : new EnumMap<>(pair))
            .toList();
    shortPrompts = List.copyOf(shortPrompts);
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

  /** For each pair the ids before a sample of the policy. */
  List<int[]> longPrompts() {
    int[][] prompts = new int[pairs()][];
    for (ResponseSpan span : spans) {
      if (span.reading() == Reading.POLICY_LONG_REJECTED) {
        prompts[span.pair()] = Arrays.copyOf(sequences.get(span.sequence()), span.start());
      }
    }
    return List.of(prompts);
  }

  /**
   * The same with samples of the policy in the place of the rejected responses, and the teacher's
   * log-probs in that of the reference's. Nothing else is known of them.
   *
   * @param samples one for each pair; the rejected responses end sequences of their own
   */
  TrainingExample withSamples(List<Sample> samples) {
    List<int[]> withSamples = new ArrayList<>(sequences);
    List<ResponseSpan> spansOfSamples = new ArrayList<>();
    for (ResponseSpan span : spans) {
      if (span.reading() == Reading.POLICY_LONG_REJECTED) {
        int[] sample = samples.get(span.pair()).tokens();
        int[] prompt = Arrays.copyOf(sequences.get(span.sequence()), span.start());
        withSamples.set(span.sequence(), joined(prompt, sample));
        spansOfSamples.add(
            new ResponseSpan(
                span.pair(),
                span.reading(),
                span.sequence(),
                span.start(),
                span.start() + sample.length));
      } else if (span.reading().response() == Response.CHOSEN) {
        spansOfSamples.add(span);
      }
    }
    List<Map<Reading, double[]>> ofTeacher = new ArrayList<>();
    for (int k = 0; k < pairs(); k++) {
      Map<Reading, double[]> readings = new EnumMap<>(Reading.class);
      readings.putAll(references.get(k));
      readings.keySet().removeIf(reading -> reading.response() == Response.REJECTED);
      readings.put(Reading.REFERENCE_SHORT_REJECTED, samples.get(k).teacherLogProbs());
      ofTeacher.add(readings);
    }
    return new TrainingExample(
        id, withSamples, spansOfSamples, nllSequences, ofTeacher, shortPrompts);
  }

  /** Prompt and response as one sequence. */
  static int[] joined(int[] prompt, int[] response) {
    int[] sequence = Arrays.copyOf(prompt, prompt.length + response.length);
    System.arraycopy(response, 0, sequence, prompt.length, response.length);
    return sequence;
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
