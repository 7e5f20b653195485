package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.inference.Session;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;

/**
 * Makes the pairs of pieces: questions about chunks, both answers, reference log-probabilities.
 *
 * <p>The pieces of a group are written together, in three batches: all lists of instructions, all
 * chosen answers, all rejected answers, which are branches of one reading of their piece. Then each
 * piece is scored by itself: the reference log-probabilities are computed given the <em>short</em>
 * input, teacher-forced, both answers of all pairs of the piece in one pass.
 */
public final class PairGenerator {
  private final PairModels models;
  private final PairFilters filters;
  private final QuestionWriter questionWriter;
  private final AnswerWriter answerWriter;
  private final PairScorer scorer;

  /**
   * @param instructions from a file; empty: the model writes them
   * @param progress gets messages about all pieces: shortened chunks, a model whose lists of
   *     instructions cannot be used
   * @throws org.longpo.error.UserError if the limits leave no tokens for chunks
   */
  public PairGenerator(
      PairModels models,
      GenerateSettings settings,
      Optional<InstructionFile> instructions,
      Progress progress) {
    this.models = models;
    this.filters = new PairFilters(settings.filters());
    this.questionWriter = new QuestionWriter(models, settings, instructions, progress);
    this.answerWriter =
        new AnswerWriter(models, settings.answers(), filters, new SeedSequence(settings.seed()));
    this.scorer = new PairScorer(models, settings.referenceLong());
  }

  /**
   * Writes the questions about a group of pieces, and their answers.
   *
   * @param documents a piece to its document
   * @param phase is told what is written next, in a few words
   * @return one for each piece, in their order; what a piece's answers are depends on no other
   *     piece, up to the rounding of a batch
   * @throws org.longpo.error.UserError if a writer does not return one answer for each prompt
   * @throws org.longpo.progress.CancelledException if asked to stop between two batches
   */
  public List<AnsweredPiece> write(
      List<DocumentSpan> group,
      Function<DocumentSpan, DocumentText> documents,
      Consumer<String> phase,
      Cancellation cancellation) {
    phase.accept("writing instructions");
    List<DrawnPiece> pieces =
        group.stream().map(piece -> questionWriter.draw(documents.apply(piece), piece)).toList();
    List<AnswerWriter.ChosenAnswer> chosen;
    // The chunks stand in both prompts: they are read once.
    try (Session shortContext = models.shortContext().session()) {
      List<Question> questions = questionWriter.questions(pieces, shortContext);
      cancellation.throwIfRequested();
      phase.accept("writing chosen answers");
      chosen = answerWriter.chosen(questions, shortContext);
    }
    cancellation.throwIfRequested();
    phase.accept("writing rejected answers");
    List<AnswerPair> answered = answerWriter.rejected(chosen);
    return pieces.stream().map(piece -> new AnsweredPiece(piece, of(piece, answered))).toList();
  }

  private static List<AnswerPair> of(DrawnPiece piece, List<AnswerPair> answered) {
    return answered.stream().filter(pair -> pair.question().piece() == piece).toList();
  }

  /** Computes the log-probabilities of a piece's answers and decides which pairs are kept. */
  public PieceOutcome score(AnsweredPiece answered) {
    DrawnPiece piece = answered.piece();
    List<Pair> scored = scorer.scored(answered.pairs());
    List<Pair> pairs = new ArrayList<>();
    int stripped = 0;
    for (int i = 0; i < scored.size(); i++) {
      Pair pair = scored.get(i);
      Optional<DropReason> reason = filters.checkPair(pair, pairs);
      if (reason.isPresent()) {
        piece
            .drops()
            .add(
                reason.get(),
                pair.instruction(),
                Optional.of(pair.chosen().text()),
                Optional.of(pair.rejected().text()));
      } else {
        pairs.add(pair);
        stripped += answered.pairs().get(i).stripped();
      }
    }
    Optional<PairRow> row =
        pairs.isEmpty()
            ? Optional.empty()
            : Optional.of(new PairRow(piece.id(), piece.span(), models.rejectedRopeTheta(), pairs));
    return new PieceOutcome(
        piece.id(), row, piece.drops().counts(), piece.drops().examples(), stripped);
  }
}
