package org.longpo.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.documents.SpanReader;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;
import org.longpo.objective.Reading;
import org.longpo.pairs.Pair;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairRow;
import org.longpo.progress.Progress;
import org.longpo.text.Prompts;

/**
 * The rows of a pair file as training data.
 *
 * <p>Opening lays every row out once: so an over-long or missing document shows before the first
 * step and not hours later, the number of steps is known, and so is the largest document, which
 * decides the memory. Examples are not kept, but laid out again when their turn comes.
 */
public final class PairExamples implements TrainingData {
  /** A row that is trained on, how many characters of its document's text and how many pairs. */
  private record Kept(int row, String id, String source, int characters, int pairs) {}

  private final PairFile rows;
  private final SpanReader texts;
  private final ExampleLayout layout;
  private final int[] endTokens;
  private final List<Kept> kept = new ArrayList<>();
  private final String sha256;
  private final List<String> droppedIds = new ArrayList<>();
  private final Map<String, Integer> keptCharacters = new LinkedHashMap<>();
  private int droppedPairs;
  private TrainingScale scale = TrainingScale.NOTHING;

  /** Rows to train on, with all that the objective reads. */
  public PairExamples(
      PairFile rows,
      SpanReader texts,
      Prompts prompts,
      TrainingSettings settings,
      Progress progress) {
    this(rows, texts, prompts, settings, true, progress);
  }

  /**
   * @param rows stays open as long as this is used
   * @param needsReferences whether a row may not lack the long references that the objective reads:
   *     false only looks at sizes, before they are computed
   * @throws UserError if a sequence is longer than {@code max_length} and that is an error, or if
   *     nothing is left, or a document was removed or changed
   */
  public PairExamples(
      PairFile rows,
      SpanReader texts,
      Prompts prompts,
      TrainingSettings settings,
      boolean needsReferences,
      Progress progress) {
    this.rows = rows;
    this.texts = texts;
    endTokens = prompts.endTokens();
    layout =
        new ExampleLayout(
            settings.sequences().layout(),
            settings.objective().requirements(),
            prompts,
            needsReferences);
    StringBuilder digests = new StringBuilder();
    int limit = settings.sequences().maxLength().orElse(Integer.MAX_VALUE);
    try (Progress.Task task = progress.start("Reading pairs", "documents", 0, rows.size())) {
      for (int row = 0; row < rows.size(); row++) {
        add(row, limit, settings.sequences().overLength(), digests);
        task.advance(1, 0);
      }
    }
    int dropped = rows.size() - kept.size();
    if (kept.isEmpty()) {
      throw new UserError(
          "All %d documents have sequences of more than max_length = %d tokens%s; nothing is left to train on."
              .formatted(
                  rows.size(),
                  limit,
                  droppedPairs > 0 ? ", and no pair's chunk lies in what would be kept" : ""));
    }
    if (dropped + truncated() > 0) {
      progress.say(
          "Of %d documents longer than max_length = %d tokens, %d are dropped and %d truncated."
              .formatted(dropped + truncated(), limit, dropped, truncated()));
    }
    if (droppedPairs > 0) {
      progress.say("%d pairs are dropped, whose chunk was cut off.".formatted(droppedPairs));
    }
    sha256 = Sha256.of(digests.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int size() {
    return kept.size();
  }

  @Override
  public String id(int index) {
    return kept.get(index).id();
  }

  @Override
  public String source(int index) {
    return kept.get(index).source();
  }

  @Override
  public TrainingExample example(int index) {
    return example(rows.row(kept.get(index).row()), kept.get(index).characters());
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public int[] endTokens() {
    return endTokens.clone();
  }

  /** Documents whose text was cut to fit. */
  public int truncated() {
    return keptCharacters.size();
  }

  @Override
  public Map<String, Integer> keptCharacters() {
    return Collections.unmodifiableMap(keptCharacters);
  }

  /** Pairs that were left out because the text that they are about was cut off. */
  public int droppedPairs() {
    return droppedPairs;
  }

  /** Documents that were left out because they are too long. */
  public int dropped() {
    return droppedIds.size();
  }

  @Override
  public List<String> droppedIds() {
    return List.copyOf(droppedIds);
  }

  @Override
  public int pairs(int index) {
    return kept.get(index).pairs();
  }

  @Override
  public TrainingScale scale() {
    return scale;
  }

  private void add(int index, int limit, OverLength overLength, StringBuilder digests) {
    PairRow row = rows.row(index);
    int characters = texts.text(row.piece()).length();
    TrainingExample example = example(row, characters);
    if (example.longest() > limit) {
      switch (overLength) {
        case ERROR ->
            throw new UserError(
                "The document %s (%s) makes a sequence of %d tokens, max_length is %d; raise it, or choose --over-length drop or truncate-document."
                    .formatted(row.piece().document().place(), row.id(), example.longest(), limit));
        case DROP -> {
          droppedIds.add(row.id());
          return;
        }
        case TRUNCATE_DOCUMENT -> {
          int all = row.pairs().size();
          characters = fitting(row, characters, limit);
          int left = within(row, characters).size();
          droppedPairs += all - left;
          if (left == 0) {
            droppedIds.add(row.id());
            return;
          }
          example = example(row, characters);
          keptCharacters.put(row.id(), characters);
        }
      }
    }
    kept.add(
        new Kept(index, row.id(), row.piece().document().sha256(), characters, example.pairs()));
    scale = scale.plus(example);
    digests.append(digest(example)).append('\n');
  }

  /**
   * The pairs whose chunk lies in the first characters of the document: others are not about it.
   */
  static List<Pair> within(PairRow row, int characters) {
    return row.pairs().stream()
        .filter(pair -> pair.chunk().endChar() - row.piece().startChar() <= characters)
        .toList();
  }

  /** The largest number of characters, found by halving, with which the pairs about them fit. */
  private int fitting(PairRow row, int tooMany, int limit) {
    int fits = 0;
    int fails = tooMany;
    while (fails - fits > 1) {
      int middle = (fits + fails) >>> 1;
      if (within(row, middle).isEmpty() || example(row, middle).longest() <= limit) {
        fits = middle;
      } else {
        fails = middle;
      }
    }
    return fits;
  }

  private TrainingExample example(PairRow row, int characters) {
    String text = texts.text(row.piece());
    boolean splitsCharacter =
        characters < text.length() && Character.isHighSurrogate(text.charAt(characters - 1));
    List<Pair> pairs = within(row, characters);
    return layout.example(
        new PairRow(row.id(), row.piece(), row.rejectedRopeTheta(), pairs),
        text.substring(0, splitsCharacter ? characters - 1 : characters),
        pairs.stream().map(pair -> texts.text(row.piece(), pair.chunk())).toList());
  }

  private static String digest(int[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(ids.length * Integer.BYTES);
    bytes.asIntBuffer().put(ids);
    return Sha256.of(bytes.array());
  }

  private static String digest(TrainingExample example) {
    StringBuilder all = new StringBuilder(example.id()).append(example.spans());
    example.sequences().forEach(sequence -> all.append(digest(sequence)));
    example.shortPrompts().forEach(prompt -> all.append(digest(prompt)));
    for (Map<Reading, double[]> references : example.references()) {
      new TreeMap<>(references)
          .forEach(
              (reading, logProbs) -> {
                ByteBuffer bytes = ByteBuffer.allocate(logProbs.length * Double.BYTES);
                bytes.asDoubleBuffer().put(logProbs);
                all.append(reading).append(Sha256.of(bytes.array()));
              });
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
