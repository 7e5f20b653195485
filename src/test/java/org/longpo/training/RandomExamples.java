package org.longpo.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.longpo.files.Sha256;
import org.longpo.objective.Input;
import org.longpo.objective.Reading;
import org.longpo.objective.Response;

/** Documents of random tokens with random pairs, from a seed. */
public final class RandomExamples {
  public static final int VOCABULARY = 31;

  /** The id that ends a response. */
  public static final int END = 5;

  private RandomExamples() {}

  /** K pairs that branch off one document, every policy reading among their spans. */
  public static TrainingExample tree(String id, long seed, int pairs) {
    Random random = new Random(seed);
    int[] document = tokens(random, 12);
    List<int[]> sequences = new ArrayList<>();
    List<ResponseSpan> spans = new ArrayList<>();
    List<Integer> nll = new ArrayList<>();
    List<Map<Reading, double[]>> references = new ArrayList<>();
    List<int[]> shortPrompts = new ArrayList<>();
    for (int k = 0; k < pairs; k++) {
      int[] prompt = join(document, tokens(random, 3));
      int[] chunkPrompt = join(Arrays.copyOf(document, 5), tokens(random, 3));
      Map<Reading, double[]> reference = new EnumMap<>(Reading.class);
      for (Response response : Response.values()) {
        int[] answer = tokens(random, response == Response.CHOSEN ? 4 : 6);
        for (Input input : Input.values()) {
          int[] before = input == Input.LONG ? prompt : chunkPrompt;
          Reading reading = Reading.policy(input, response);
          if (reading == Reading.POLICY_LONG_CHOSEN) {
            nll.add(sequences.size());
          }
          spans.add(
              new ResponseSpan(
                  k, reading, sequences.size(), before.length, before.length + answer.length));
          sequences.add(join(before, answer));
          reference.put(
              Reading.reference(input, response),
              random.doubles(answer.length, -4, -0.5).toArray());
        }
      }
      references.add(reference);
      shortPrompts.add(chunkPrompt);
    }
    return new TrainingExample(id, sequences, spans, nll, references, shortPrompts);
  }

  /** The example that has only pair k of another. */
  public static TrainingExample only(TrainingExample example, int k) {
    List<ResponseSpan> spans =
        example.spans().stream()
            .filter(span -> span.pair() == k)
            .map(s -> new ResponseSpan(0, s.reading(), s.sequence(), s.start(), s.end()))
            .toList();
    return new TrainingExample(
        example.id() + "." + k,
        example.sequences(),
        spans,
        List.of(example.nllSequences().get(k)),
        List.of(example.references().get(k)),
        List.of(example.shortPrompts().get(k)));
  }

  /** Makes the example's loss NaN. */
  public static void spoil(TrainingExample example) {
    double[] reference =
        Objects.requireNonNull(example.references().getFirst().get(Reading.REFERENCE_SHORT_CHOSEN));
    reference[0] = Double.NaN;
  }

  public static TrainingData data(List<TrainingExample> examples) {
    return new TrainingData() {
      @Override
      public int size() {
        return examples.size();
      }

      @Override
      public String id(int index) {
        return examples.get(index).id();
      }

      // What stands before the slash: book/1 and book/2 are pieces of one.
      @Override
      public String source(int index) {
        return id(index).replaceAll("/.*", "");
      }

      @Override
      public TrainingExample example(int index) {
        return examples.get(index);
      }

      @Override
      public int[] endTokens() {
        return new int[] {END};
      }

      @Override
      public String sha256() {
        return Sha256.of(examples.toString().getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  public static int[] tokens(Random random, int count) {
    return random.ints(count, 0, VOCABULARY).toArray();
  }

  public static int[] join(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
