package org.longpo.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.longpo.text.Prompts;
import org.longpo.text.Reasoning;

/**
 * A model without an engine: texts are a function of the request, log-probabilities one of the
 * sequence. It keeps what it was asked. Safe to share by threads.
 */
public final class FakeModel implements Writer, Scorer {
  /** Every call of {@link #write}. */
  public final List<List<WriteRequest>> written = Collections.synchronizedList(new ArrayList<>());

  /** The settings of every call. */
  public final List<WriteSettings> settings = Collections.synchronizedList(new ArrayList<>());

  /** Every call of {@link #logProbs}: the sequences. */
  public final List<List<int[]>> scored = Collections.synchronizedList(new ArrayList<>());

  private final String name;
  private final Function<WriteRequest, Written> writing;
  private final ToDoubleFunction<int[]> nats;

  /**
   * @param nats log-probability of each token of a sequence
   */
  public FakeModel(
      String name, Function<WriteRequest, Written> writing, ToDoubleFunction<int[]> nats) {
    this.name = name;
    this.writing = writing;
    this.nats = nats;
  }

  /** A model whose every token has the log-probability -1. */
  public static FakeModel of(Function<WriteRequest, Written> writing) {
    return new FakeModel("fake", writing, sequence -> -1);
  }

  /** A text that ended, with ids of its own writer. */
  public static Written sampled(String text, Prompts prompts) {
    Written encoded = Written.encoded(text, true, prompts);
    return new Written(
        text,
        text,
        TokenIds.sampled(encoded.tokens().ids()),
        true,
        Reasoning.NONE,
        encoded.drawnTokens());
  }

  /** What a request's only message says. */
  public static String message(WriteRequest request) {
    return request.prompt().messages().getFirst().content();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String fingerprint() {
    return name + "'s fingerprint";
  }

  @Override
  public List<Written> write(List<WriteRequest> requests, WriteSettings how, Listener listener) {
    written.add(requests);
    settings.add(how);
    return requests.stream().map(writing).toList();
  }

  @Override
  public List<double[]> logProbs(List<int[]> sequences, int[] starts) {
    scored.add(sequences);
    return IntStream.range(0, starts.length)
        .mapToObj(
            i ->
                DoubleStream.generate(() -> nats.applyAsDouble(sequences.get(i)))
                    .limit(sequences.get(i).length - starts[i])
                    .toArray())
        .toList();
  }

  @Override
  public List<Scored> score(List<int[]> sequences, int[] starts) {
    return logProbs(sequences, starts).stream()
        .map(logProbs -> new Scored(logProbs, false))
        .toList();
  }
}
