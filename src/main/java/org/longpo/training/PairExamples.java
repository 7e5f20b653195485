package org.longpo.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longpo.documents.SpanReader;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;
import org.longpo.objective.Reading;
import org.longpo.pairs.PairFile;
import org.longpo.pairs.PairRow;
import org.longpo.progress.Progress;

/**
 * The rows of a pair file as training data.
 *
 * <p>Opening lays every row out once: so an over-long or missing document shows before the first
 * step and not in the middle of the night, the number of steps is known, and so is the largest
 * document, which decides the memory. Examples are not kept, but laid out again when their turn
 * comes.
 */
public final class PairExamples implements TrainingData {
  /** A row that is trained on, how many characters of its document's text and how many pairs. */
  private record Kept(int row, String id, int characters, int pairs) {}

  private final PairFile rows;
  private final SpanReader texts;
  private final ExampleLayout layout;
  private final List<Kept> kept = new ArrayList<>();
  private final String sha256;
  private final List<String> droppedIds = new ArrayList<>();
  private int truncated;
  private TrainingScale scale = TrainingScale.NOTHING;

  /**
   * @param rows stays open as long as this is used
   * @throws UserError if a sequence is longer than {@code max_length} and that is an error, or if
   *     nothing is left, or a document is gone or changed
   */
  public PairExamples(
      PairFile rows,
      SpanReader texts,
      ExamplePrompts prompts,
      TrainingSettings settings,
      Progress progress) {
    this.rows = rows;
    this.texts = texts;
    layout = new ExampleLayout(settings.layout(), settings.objective().requirements(), prompts);
    StringBuilder digests = new StringBuilder();
    int limit = settings.maxLength().orElse(Integer.MAX_VALUE);
    try (Progress.Task task = progress.start("Reading pairs", "documents", 0, rows.size())) {
      for (int row = 0; row < rows.size(); row++) {
        add(row, limit, settings.overLength(), digests);
        task.advance(1, 0);
      }
    }
    int dropped = rows.size() - kept.size();
    if (kept.isEmpty()) {
      throw new UserError(
          "All %d documents have sequences of more than max_length = %d tokens; nothing is left to train on."
              .formatted(rows.size(), limit));
    }
    if (dropped + truncated > 0) {
      progress.say(
          "Of %d documents longer than max_length = %d tokens, %d are dropped and %d truncated."
              .formatted(dropped + truncated, limit, dropped, truncated));
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
  public TrainingExample example(int index) {
    return example(rows.row(kept.get(index).row()), kept.get(index).characters());
  }

  @Override
  public String sha256() {
    return sha256;
  }

  /** Documents whose text was cut to fit. */
  public int truncated() {
    return truncated;
  }

  /** Documents that were left out because they are too long. */
  public int dropped() {
    return droppedIds.size();
  }

  /** Their ids, in the order of the pair file. */
  public List<String> droppedIds() {
    return List.copyOf(droppedIds);
  }

  /** K of a document. */
  public int pairs(int index) {
    return kept.get(index).pairs();
  }

  @Override
  public TrainingScale scale() {
    return scale;
  }

  private void add(int index, int limit, OverLength overLength, StringBuilder digests) {
    PairRow row = rows.row(index);
    int characters = texts.text(row.document()).length();
    TrainingExample example = example(row, characters);
    if (example.longest() > limit) {
      switch (overLength) {
        case ERROR ->
            throw new UserError(
                "The document %s (%s) makes a sequence of %d tokens, max_length is %d; raise it, or choose --over-length drop or truncate-document."
                    .formatted(row.document().path(), row.id(), example.longest(), limit));
        case DROP -> {
          droppedIds.add(row.id());
          return;
        }
        case TRUNCATE_DOCUMENT -> {
          characters = fitting(row, characters, limit);
          example = example(row, characters);
          truncated++;
        }
      }
    }
    kept.add(new Kept(index, row.id(), characters, example.pairs()));
    scale = scale.plus(example);
    digests.append(digest(example)).append('\n');
  }

  /** The largest number of characters, found by halving, with which the row fits. */
  private int fitting(PairRow row, int tooMany, int limit) {
    int fits = 0;
    int fails = tooMany;
    while (fails - fits > 1) {
      int middle = (fits + fails) >>> 1;
      if (example(row, middle).longest() <= limit) {
        fits = middle;
      } else {
        fails = middle;
      }
    }
    if (fits == 0) {
      throw new UserError(
          "The document %s (%s) does not fit into max_length = %d tokens even without its text: instruction and answer alone are longer."
              .formatted(row.document().path(), row.id(), limit));
    }
    return fits;
  }

  private TrainingExample example(PairRow row, int characters) {
    String text = texts.text(row.document());
    boolean splitsCharacter =
        characters < text.length() && Character.isHighSurrogate(text.charAt(characters - 1));
    return layout.example(
        row,
        text.substring(0, splitsCharacter ? characters - 1 : characters),
        row.pairs().stream().map(pair -> texts.text(row.document(), pair.chunk())).toList());
  }

  private static String digest(TrainingExample example) {
    StringBuilder all = new StringBuilder(example.id()).append(example.spans());
    for (int[] sequence : example.sequences()) {
      ByteBuffer bytes = ByteBuffer.allocate(sequence.length * Integer.BYTES);
      bytes.asIntBuffer().put(sequence);
      all.append(Sha256.of(bytes.array()));
    }
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
