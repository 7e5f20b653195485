package org.longpo.pairs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.documents.TestDocuments;
import org.longpo.inference.CharacterPrompts;
import org.longpo.inference.FakeModel;
import org.longpo.inference.Written;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.settings.OptionRecords;
import org.longpo.text.Prompts;

/** Pieces of 400 characters, which are tokens, and models that are functions of what they read. */
public final class FakePairs {
  public static final int LENGTH = 400;
  public static final double THETA = 7;
  private static final int DOCUMENTS = 170;
  public static final Prompts PROMPTS = new CharacterPrompts();
  private static final String SENTENCE = "The lamp keeper %s wrote down the weather of day %d. ";

  /** Writes a task about the last word of what it reads, and answers with what it ends in. */
  public FakeModel shortWriter =
      FakeModel.of(
          request ->
              FakeModel.sampled(
                  isListRequest(FakeModel.message(request))
                      ? "1. What of " + request.seed() + "?"
                      : "The chosen answer to " + request.seed(),
                  PROMPTS));

  public FakeModel longWriter =
      FakeModel.of(request -> FakeModel.sampled("Quite another answer " + request.seed(), PROMPTS));

  public FakeModel scorer = FakeModel.of(request -> Written.encoded("", false, PROMPTS));

  private final Map<String, Object> options =
      new HashMap<>(
          Map.of(
              "lengthTokens",
              LENGTH,
              "windowTokens",
              Integer.MAX_VALUE,
              "instructions_per_chunk",
              1,
              "pairs_per_document",
              2,
              "min_chunk_fill",
              0.1));

  /** With another setting. */
  public FakePairs with(String option, Object value) {
    options.put(option, value);
    return this;
  }

  public GenerateSettings settings() {
    return OptionRecords.of(GenerateSettings.class, options);
  }

  public PairModels models() {
    return new PairModels(shortWriter, longWriter, scorer, PROMPTS, THETA);
  }

  public PairGenerator generator() {
    return generator(Optional.empty());
  }

  public PairGenerator generator(Optional<InstructionFile> instructions) {
    return new PairGenerator(models(), settings(), instructions, Progress.NONE);
  }

  /** The outcomes of a group. */
  public List<PieceOutcome> outcomes(List<DocumentSpan> group) {
    PairGenerator generator = generator();
    return generator.write(group, documents(), phase -> {}, Cancellation.NEVER).stream()
        .map(generator::score)
        .toList();
  }

  /** So many documents of one piece each. */
  public static List<DocumentSpan> pieces(int count) {
    List<DocumentSpan> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(document(i).span(0, LENGTH, LENGTH));
    }
    return pieces;
  }

  /** A piece, one of the first 40, to its document. */
  public static Function<DocumentSpan, DocumentText> documents() {
    Map<String, DocumentText> byHash = new HashMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      DocumentText document = document(i);
      byHash.put(document.identity().sha256(), document);
    }
    return piece -> byHash.get(piece.document().sha256());
  }

  private static DocumentText document(int number) {
    StringBuilder text = new StringBuilder();
    for (int day = 1; text.length() < LENGTH; day++) {
      text.append(SENTENCE.formatted(number, day));
    }
    return TestDocuments.of(text.toString());
  }

  static boolean isListRequest(String message) {
    return message.endsWith(InstructionPrompt.request(1));
  }
}
