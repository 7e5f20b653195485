package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.engine.Scorer;
import org.longpo.pairs.AnswerSampler.Sampled;
import org.longpo.progress.Progress;

/**
 * Makes the pairs of a piece: questions about chunks, both answers, reference log-probabilities.
 *
 * <p>All rejected answers are branches of one reading of the piece. The reference log-probabilities
 * are computed given the <em>short</em> input, teacher-forced, both answers of all pairs in one
 * pass.
 */
public final class PairGenerator {
  private final GeneratorModel model;
  private final GenerateSettings settings;
  private final PairFilters filters;
  private final AnswerSampler sampler;
  private final QuestionWriter questionWriter;

  /**
   * @param instructions from a file; empty: the model writes them
   * @param progress gets messages about all pieces: shortened chunks, a model whose lists of
   *     instructions cannot be used
   * @throws org.longpo.error.UserError if the limits leave no tokens for chunks
   */
  public PairGenerator(
      GeneratorModel model,
      GenerateSettings settings,
      Optional<InstructionFile> instructions,
      Progress progress) {
    this.model = model;
    this.settings = settings;
    this.filters = new PairFilters(settings.filters());
    this.sampler =
        new AnswerSampler(model, new SeedSequence(settings.seed()), settings.answers().reasoning());
    this.questionWriter = new QuestionWriter(model, settings, instructions, sampler, progress);
  }

  /** A question with its chosen answer. */
  private record ChosenAnswer(Question question, Sampled chosen) {}

  /** A question with both answers, before their log-probabilities are computed. */
  private record AnswerPair(Question question, Sampled chosen, Sampled rejected) {
    /** Texts of the model from which reasoning was removed. */
    int stripped() {
      return (int)
          Stream.of(question.listStripped(), chosen.isStripped(), rejected.isStripped())
              .filter(stripped -> stripped)
              .count();
    }
  }

  /** Makes the pairs of one piece of a document. */
  public PieceOutcome generate(DocumentText document, DocumentSpan piece) {
    PieceDrops drops = new PieceDrops(piece);
    List<Question> questions = questionWriter.questions(document, piece, drops);
    List<AnswerPair> answered = rejected(piece, chosen(piece, questions, drops), drops);
    List<Pair> pairs = new ArrayList<>();
    List<Pair> scored = scored(answered);
    int stripped = 0;
    for (int i = 0; i < answered.size(); i++) {
      Pair pair = scored.get(i);
      Optional<DropReason> reason = filters.checkPair(pair, pairs);
      if (reason.isPresent()) {
        drops.add(
            reason.get(),
            pair.instruction(),
            Optional.of(pair.chosen().text()),
            Optional.of(pair.rejected().text()));
      } else {
        pairs.add(pair);
        stripped += answered.get(i).stripped();
      }
    }
    Optional<PairRow> row =
        pairs.isEmpty()
            ? Optional.empty()
            : Optional.of(new PairRow(piece.id(), piece, model.longContext().ropeTheta(), pairs));
    return new PieceOutcome(piece.id(), row, drops.counts(), drops.examples(), stripped);
  }

  private List<ChosenAnswer> chosen(
      DocumentSpan piece, List<Question> questions, PieceDrops drops) {
    List<Sampled> answers =
        sampler.sample(
            model.shortContext(),
            questions.stream().map(Question::shortPrompt).toList(),
            settings.answers().sampling(),
            piece,
            questions.stream().mapToInt(Question::index).toArray(),
            SeedPurpose.CHOSEN_ANSWER);
    List<ChosenAnswer> kept = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Sampled answer = answers.get(i);
      Optional<DropReason> reason =
          sampler
              .check(answer)
              .or(() -> filters.checkChosen(answer.text(), answer.generated().ended()));
      if (reason.isPresent()) {
        drops.add(
            reason.get(),
            questions.get(i).instruction(),
            Optional.of(answer.text()),
            Optional.empty());
      } else {
        kept.add(new ChosenAnswer(questions.get(i), answer));
      }
    }
    return kept;
  }

  private List<AnswerPair> rejected(
      DocumentSpan piece, List<ChosenAnswer> chosen, PieceDrops drops) {
    List<Sampled> answers =
        sampler.sample(
            model.longContext(),
            chosen.stream().map(one -> one.question().longPrompt()).toList(),
            settings.answers().sampling(),
            piece,
            chosen.stream().mapToInt(one -> one.question().index()).toArray(),
            SeedPurpose.REJECTED_ANSWER);
    List<AnswerPair> kept = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Sampled first = chosen.get(i).chosen();
      Sampled second = answers.get(i);
      Optional<DropReason> reason =
          sampler
              .check(second)
              .or(() -> filters.checkRejected(second.text()))
              .or(
                  () ->
                      filters.checkDifferent(
                          first.generated().tokens(),
                          first.text(),
                          second.generated().tokens(),
                          second.text()));
      if (reason.isPresent()) {
        drops.add(
            reason.get(),
            chosen.get(i).question().instruction(),
            Optional.of(first.text()),
            Optional.of(second.text()));
      } else {
        kept.add(new AnswerPair(chosen.get(i).question(), first, second));
      }
    }
    return kept;
  }

  private List<Pair> scored(List<AnswerPair> answerPairs) {
    if (answerPairs.isEmpty()) {
      return List.of();
    }
    List<double[]> shortLogProbs = logProbs(answerPairs, Question::shortPrompt);
    Optional<List<double[]>> longLogProbs =
        settings.referenceLong()
            ? Optional.of(logProbs(answerPairs, Question::longPrompt))
            : Optional.empty();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < answerPairs.size(); i++) {
      AnswerPair pair = answerPairs.get(i);
      int chosen = 2 * i;
      int rejected = 2 * i + 1;
      pairs.add(
          new Pair(
              pair.question().chunk(),
              pair.question().instruction(),
              answer(
                  pair.chosen(),
                  shortLogProbs.get(chosen),
                  longLogProbs.map(all -> all.get(chosen))),
              answer(
                  pair.rejected(),
                  shortLogProbs.get(rejected),
                  longLogProbs.map(all -> all.get(rejected)))));
    }
    return pairs;
  }

  /** Log-probabilities of chosen and rejected in turn, given one of the two inputs. */
  private List<double[]> logProbs(List<AnswerPair> answerPairs, Function<Question, int[]> prompt) {
    List<int[]> inputs = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    for (AnswerPair pair : answerPairs) {
      for (Sampled answer : List.of(pair.chosen(), pair.rejected())) {
        inputs.add(prompt.apply(pair.question()));
        answers.add(answer.generated().tokens());
      }
    }
    return AnswerLogProbs.read(new Scorer(model.shortContext(), model.engine()), inputs, answers);
  }

  private static Answer answer(
      Sampled sampled, double[] referenceShort, Optional<double[]> referenceLong) {
    return new Answer(
        sampled.text(),
        sampled.generated().tokens(),
        sampled.generated().ended(),
        referenceShort,
        referenceLong);
  }
}
