package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.inference.Session;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.Written;

/**
 * Answers the questions of several pieces, all chosen answers in one batch and all rejected ones in
 * another.
 */
final class AnswerWriter {
  private final PairModels models;
  private final AnswerSettings settings;
  private final PairFilters filters;
  private final SeedSequence seeds;

  AnswerWriter(
      PairModels models, AnswerSettings settings, PairFilters filters, SeedSequence seeds) {
    this.models = models;
    this.settings = settings;
    this.filters = filters;
    this.seeds = seeds;
  }

  /** A question with its chosen answer. */
  record ChosenAnswer(Question question, Written chosen) {}

  /**
   * Answers from the chunks; questions whose answer is of no use are counted in their drops.
   *
   * @param session of the writer of the short context
   */
  List<ChosenAnswer> chosen(List<Question> questions, Session session) {
    List<WriteRequest> requests = new ArrayList<>();
    for (Question question : questions) {
      requests.add(
          new WriteRequest(question.shortPrompt(), seed(question, SeedPurpose.CHOSEN_ANSWER)));
    }
    List<Written> answers = session.write(requests, settings.writing());
    List<ChosenAnswer> kept = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Written answer = answers.get(i);
      Optional<DropReason> reason =
          settings
              .reasoning()
              .check(answer)
              .or(() -> filters.checkChosen(answer.text(), answer.ended()));
      if (reason.isPresent()) {
        drop(questions.get(i), reason.get(), answer, Optional.empty());
      } else {
        kept.add(new ChosenAnswer(questions.get(i), answer));
      }
    }
    return kept;
  }

  /**
   * Answers from the whole pieces. The chosen answer is the draft: a model that reads the piece
   * well writes much the same.
   */
  List<AnswerPair> rejected(List<ChosenAnswer> chosen) {
    List<WriteRequest> requests = new ArrayList<>();
    for (ChosenAnswer answer : chosen) {
      Question question = answer.question();
      requests.add(
          new WriteRequest(question.longPrompt(), seed(question, SeedPurpose.REJECTED_ANSWER))
              .withDraft(answer.chosen().tokens().ids()));
    }
    List<Written> answers = models.longContext().write(requests, settings.writing());
    List<AnswerPair> kept = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Question question = chosen.get(i).question();
      Written first = chosen.get(i).chosen();
      Written second = answers.get(i);
      Optional<DropReason> reason =
          settings
              .reasoning()
              .check(second)
              .or(() -> filters.checkRejected(second.text()))
              .or(
                  () ->
                      filters.checkDifferent(
                          first.tokens().ids(),
                          first.text(),
                          second.tokens().ids(),
                          second.text()));
      if (reason.isPresent()) {
        drop(question, reason.get(), first, Optional.of(second));
      } else {
        kept.add(new AnswerPair(question, first, second));
      }
    }
    return kept;
  }

  private long seed(Question question, SeedPurpose purpose) {
    return seeds.forPair(question.piece().id(), question.index(), purpose);
  }

  private static void drop(
      Question question, DropReason reason, Written chosen, Optional<Written> rejected) {
    question
        .piece()
        .drops()
        .add(
            reason,
            question.instruction(),
            Optional.of(chosen.shown()),
            rejected.map(Written::shown));
  }
}
