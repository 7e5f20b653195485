package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.longpo.documents.ChunkCutter;
import org.longpo.documents.ChunkSampler;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Scorer;
import org.longpo.pairs.AnswerSampler.Sampled;
import org.longpo.progress.Progress;
import org.longpo.text.Message;

/**
 * Makes the pairs of a piece: chunks, instructions, both answers, reference log-probabilities.
 *
 * <p>All rejected answers are branches of one reading of the piece. The reference log-probabilities
 * are read behind the <em>short</em> input, teacher-forced, both answers of all pairs in one pass.
 */
final class PairGenerator {
  private final PairModels models;
  private final GenerateSettings settings;
  private final Optional<InstructionFile> instructions;
  private final ChunkCutter chunkCutter;
  private final PairFilters filters;
  private final SeedSequence seeds;
  private final AnswerSampler sampler;
  private final UnusableLists lookOut;

  PairGenerator(
      PairModels models,
      GenerateSettings settings,
      Optional<InstructionFile> instructions,
      ChunkCutter chunkCutter,
      Progress progress) {
    this.models = models;
    this.settings = settings;
    this.instructions = instructions;
    this.chunkCutter = chunkCutter;
    this.filters = new PairFilters(settings.filters());
    this.seeds = new SeedSequence(settings.seed());
    this.sampler = new AnswerSampler(models, seeds, settings.reasoning());
    this.lookOut = new UnusableLists(settings.instructionsPerChunk(), progress);
  }

  /**
   * What is to be asked about a chunk, or why nothing; and what it was read out of.
   *
   * @param stripped whether reasoning was taken away from that
   */
  private record Asked(
      Optional<String> instruction, Optional<DropReason> reason, String written, boolean stripped) {
    static Asked of(String given) {
      return new Asked(Optional.of(given), Optional.empty(), given, false);
    }
  }

  /**
   * A pair before it is answered.
   *
   * @param index counts the drawn chunks
   * @param listStripped whether reasoning was taken away from the instruction's list
   */
  private record Question(
      int index,
      ChunkSpan chunk,
      String instruction,
      boolean listStripped,
      int[] shortPrompt,
      int[] longPrompt) {}

  /** A question with its chosen answer, then with both. */
  private record Answered(Question question, Sampled chosen) {}

  private record Draft(Question question, Sampled chosen, Sampled rejected) {
    /** Texts of the model from which reasoning was taken away. */
    int stripped() {
      return (int)
          Stream.of(question.listStripped(), chosen.isStripped(), rejected.isStripped())
              .filter(stripped -> stripped)
              .count();
    }
  }

  PieceOutcome generate(DocumentText document, DocumentSpan piece) {
    PieceTally drops = new PieceTally(piece);
    String context = document.text().substring(piece.startChar(), piece.endChar());
    List<Question> questions = questions(document, piece, context, drops);
    List<Draft> drafts = rejected(piece, chosen(piece, questions, drops), drops);
    List<Pair> pairs = new ArrayList<>();
    List<Pair> scored = scored(drafts);
    int stripped = 0;
    for (int i = 0; i < drafts.size(); i++) {
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
        stripped += drafts.get(i).stripped();
      }
    }
    Optional<PairRow> row =
        pairs.isEmpty()
            ? Optional.empty()
            : Optional.of(new PairRow(piece.id(), piece, models.longContext().ropeTheta(), pairs));
    return new PieceOutcome(piece.id(), row, drops.counts(), drops.examples(), stripped);
  }

  private List<Question> questions(
      DocumentText document, DocumentSpan piece, String context, PieceTally drops) {
    List<ChunkSpan> chunks =
        ChunkSampler.sample(
            chunkCutter.cut(document, piece),
            settings.pairsPerDocument(),
            seeds.forPiece(piece.id(), SeedPurpose.CHUNKS));
    List<String> texts =
        chunks.stream()
            .map(chunk -> document.text().substring(chunk.startChar(), chunk.endChar()))
            .toList();
    List<Asked> asked =
        instructions.isPresent()
            ? instructions
                .get()
                .pick(chunks.size(), seeds.forPiece(piece.id(), SeedPurpose.INSTRUCTION_CHOICE))
                .stream()
                .map(Asked::of)
                .toList()
            : written(piece, texts);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      Asked one = asked.get(i);
      if (one.instruction().isEmpty()) {
        drops.add(one.reason().orElseThrow(), one.written(), Optional.empty(), Optional.empty());
        continue;
      }
      String instruction = one.instruction().get();
      int[] shortPrompt = prompt(UserMessage.of(texts.get(i), instruction));
      int[] longPrompt = prompt(UserMessage.of(context, instruction));
      Optional<DropReason> reason = filters.checkInputs(shortPrompt.length, longPrompt.length);
      if (reason.isPresent()) {
        drops.add(reason.get(), instruction, Optional.empty(), Optional.empty());
      } else {
        questions.add(
            new Question(i, chunks.get(i), instruction, one.stripped(), shortPrompt, longPrompt));
      }
    }
    return questions;
  }

  /** The model's own instructions, one per chunk, where its list could be read. */
  private List<Asked> written(DocumentSpan piece, List<String> chunks) {
    int count = settings.instructionsPerChunk();
    List<Sampled> lists =
        sampler.sample(
            models.shortContext(),
            chunks.stream().map(chunk -> prompt(InstructionPrompt.of(chunk, count))).toList(),
            settings.instructions(),
            piece,
            IntStream.range(0, chunks.size()).toArray(),
            SeedPurpose.INSTRUCTION_SAMPLING);
    List<Asked> kept = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      Sampled list = lists.get(i);
      long seed = seeds.forPair(piece.id(), i, SeedPurpose.INSTRUCTION_CHOICE);
      Optional<DropReason> reasoning = sampler.check(list);
      Optional<String> instruction =
          reasoning.isPresent()
              ? Optional.empty()
              : InstructionParser.parse(list.text(), count)
                  .map(parsed -> SeedSequence.choose(parsed, seed));
      Optional<DropReason> reason =
          instruction.isPresent()
              ? Optional.empty()
              : reasoning.or(() -> Optional.of(DropReason.UNPARSABLE_INSTRUCTIONS));
      lookOut.add(reason, list.text());
      kept.add(new Asked(instruction, reason, list.text(), list.isStripped()));
    }
    return kept;
  }

  private List<Answered> chosen(DocumentSpan piece, List<Question> questions, PieceTally drops) {
    List<Sampled> answers =
        sampler.sample(
            models.shortContext(),
            questions.stream().map(Question::shortPrompt).toList(),
            settings.answers(),
            piece,
            questions.stream().mapToInt(Question::index).toArray(),
            SeedPurpose.CHOSEN_ANSWER);
    List<Answered> kept = new ArrayList<>();
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
        kept.add(new Answered(questions.get(i), answer));
      }
    }
    return kept;
  }

  private List<Draft> rejected(DocumentSpan piece, List<Answered> answered, PieceTally drops) {
    List<Sampled> answers =
        sampler.sample(
            models.longContext(),
            answered.stream().map(a -> a.question().longPrompt()).toList(),
            settings.answers(),
            piece,
            answered.stream().mapToInt(a -> a.question().index()).toArray(),
            SeedPurpose.REJECTED_ANSWER);
    List<Draft> kept = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      Sampled first = answered.get(i).chosen();
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
            answered.get(i).question().instruction(),
            Optional.of(first.text()),
            Optional.of(second.text()));
      } else {
        kept.add(new Draft(answered.get(i).question(), first, second));
      }
    }
    return kept;
  }

  private List<Pair> scored(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return List.of();
    }
    List<double[]> shortLogProbs = logProbs(models.shortContext(), drafts, Question::shortPrompt);
    Optional<List<double[]>> longLogProbs =
        settings.referenceLong()
            ? Optional.of(logProbs(models.shortContext(), drafts, Question::longPrompt))
            : Optional.empty();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      int chosen = 2 * i;
      int rejected = 2 * i + 1;
      pairs.add(
          new Pair(
              draft.question().chunk(),
              draft.question().instruction(),
              answer(
                  draft.chosen(),
                  shortLogProbs.get(chosen),
                  longLogProbs.map(all -> all.get(chosen))),
              answer(
                  draft.rejected(),
                  shortLogProbs.get(rejected),
                  longLogProbs.map(all -> all.get(rejected)))));
    }
    return pairs;
  }

  /** Log-probabilities of chosen and rejected in turn, behind one of the two inputs. */
  private List<double[]> logProbs(
      LanguageModel model,
      List<Draft> drafts,
      java.util.function.Function<Question, int[]> prompt) {
    List<int[]> inputs = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    for (Draft draft : drafts) {
      for (Sampled answer : List.of(draft.chosen(), draft.rejected())) {
        inputs.add(prompt.apply(draft.question()));
        answers.add(answer.generated().tokens());
      }
    }
    return AnswerLogProbs.read(new Scorer(model, models.engine()), inputs, answers);
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

  private int[] prompt(String userMessage) {
    return models.prompts().prompt(List.of(Message.user(userMessage)));
  }
}
