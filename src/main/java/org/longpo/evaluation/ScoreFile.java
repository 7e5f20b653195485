package org.longpo.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.StageIdentity;
import org.longpo.files.Utf8File;
import org.longpo.inference.CheckedScorer;
import org.longpo.inference.Scorer;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.text.Prompts;
import tools.jackson.databind.JsonNode;

/** Scores a file of requests; all continuations of a request share one pass over the context. */
public final class ScoreFile {
  private static final String PARTIAL = ".partial";

  /** What is appended to the output's name as long as it is not whole. */
  public static final List<String> GROWING_SUFFIXES = List.of(PARTIAL, AtomicFile.TEMPORARY_SUFFIX);

  private final Scorer scorer;
  private final ScoreRequest.Encoder encoder;
  private final StageIdentity model;

  /**
   * @param vocabularySize rows of the model's embedding
   * @param model its identity: answers of another model are not continued
   */
  public ScoreFile(Scorer scorer, Prompts prompts, int vocabularySize, StageIdentity model) {
    this.scorer = CheckedScorer.of(scorer);
    this.encoder = new ScoreRequest.Encoder(prompts, vocabularySize);
    this.model = model;
  }

  /** What the answers that a killed run left for {@code out} were begun with, if there are any. */
  public static Optional<StageIdentity> begunWith(Path out) {
    return ResumableLog.begunWith(partial(out));
  }

  private static Path partial(Path out) {
    return out.resolveSibling(out.getFileName() + PARTIAL);
  }

  /** An answer line. */
  record Row(JsonNode id, List<Continuation> continuations) {}

  /**
   * @param logprob sum of {@code tokenLogprobs}, in nats
   * @param tokens the scored ids
   * @param greedy whether every token is the most likely one
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Continuation(double logprob, double[] tokenLogprobs, int[] tokens, boolean greedy) {}

  /**
   * Writes one line per request, in order. Killed, it resumes after the requests that are answered
   * in {@code out} with the suffix {@code .partial}.
   *
   * @return tokens of the longest context with its continuation
   * @throws UserError if the answers that are there are of another model or of other requests
   */
  public int run(Path requests, Path out, Progress progress, Cancellation cancellation) {
    if (!Files.isRegularFile(requests)) {
      throw new UserError("There is no file of requests " + requests + ".");
    }
    Utf8File file = Utf8File.read(requests);
    List<String> lines = file.text().lines().toList();
    // Every line is read before anything is spent on the first, and again on its turn: a file's
    // ids may be far larger than its text.
    List<Integer> numbers = new ArrayList<>();
    int longest = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        numbers.add(i);
        longest = Math.max(longest, parse(lines, i, requests).longest());
      }
    }
    Path partial = partial(out);
    StageIdentity identity = model.forStage("score").withContent("requests", file.sha256());
    try (ResumableLog log = ResumableLog.open(partial, identity);
        Progress.Task task = progress.start("Scoring", "requests", log.size(), numbers.size())) {
      for (int number : numbers.subList(log.size(), numbers.size())) {
        cancellation.throwIfRequested();
        ScoreRequest request = parse(lines, number, requests);
        log.append(Json.line(score(request)));
        task.advance(1, request.tokens());
      }
    }
    AtomicFile.write(out, stream -> ResumableLog.copyEntries(partial, stream));
    AtomicFile.deleteRecursively(partial);
    return longest;
  }

  private Row score(ScoreRequest request) {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < request.continuations().size(); i++) {
      int[] context = request.contexts().get(i);
      int[] tokens = request.continuations().get(i);
      int[] sequence = Arrays.copyOf(context, context.length + tokens.length);
      System.arraycopy(tokens, 0, sequence, context.length, tokens.length);
      sequences.add(sequence);
    }
    int[] starts = request.contexts().stream().mapToInt(context -> context.length).toArray();
    List<Scorer.Scored> scored = scorer.score(sequences, starts);
    List<Continuation> continuations = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      double[] logProbs = scored.get(i).logProbs();
      continuations.add(
          new Continuation(
              Arrays.stream(logProbs).sum(),
              logProbs,
              request.continuations().get(i),
              scored.get(i).greedy()));
    }
    return new Row(request.id(), continuations);
  }

  private ScoreRequest parse(List<String> lines, int index, Path requests) {
    return ScoreRequest.parse(lines.get(index), encoder, requests + ":" + (index + 1));
  }
}
