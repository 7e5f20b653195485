package org.longpo.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.documents.ChunkCutter;
import org.longpo.documents.ChunkSampler;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.engine.Generated;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.Scorer;
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
  private final UnreadableLists lookOut;

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
    this.lookOut = new UnreadableLists(settings.instructionsPerChunk(), progress);
  }

  /** What is to be asked about a chunk, and what it was read out of. */
  private record Asked(Optional<String> instruction, String written) {}

  /** A pair before it is answered; {@code index} counts the drawn chunks. */
  private record Question(
      int index, ChunkSpan chunk, String instruction, int[] shortPrompt, int[] longPrompt) {}

  /** A question with its chosen answer, then with both. */
  private record Answered(Question question, Generated chosen) {}

  private record Draft(Question question, Generated chosen, Generated rejected) {}

  PieceOutcome generate(DocumentText document, DocumentSpan piece) {
    DropTally drops = new DropTally(piece);
    String context = document.text().substring(piece.startChar(), piece.endChar());
    List<Question> questions = questions(document, piece, context, drops);
    List<Draft> drafts = rejected(piece, chosen(piece, questions, drops), drops);
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : scored(drafts)) {
      Optional<DropReason> reason = filters.checkPair(pair, pairs);
      if (reason.isPresent()) {
        drops.add(
            reason.get(),
            pair.instruction(),
            Optional.of(pair.chosen().text()),
            Optional.of(pair.rejected().text()));
      } else {
        pairs.add(pair);
      }
    }
    Optional<PairRow> row =
        pairs.isEmpty()
            ? Optional.empty()
            : Optional.of(new PairRow(piece.id(), piece, models.longContext().ropeTheta(), pairs));
    return new PieceOutcome(piece.id(), row, drops.counts(), drops.examples());
  }

  private List<Question> questions(
      DocumentText document, DocumentSpan piece, String context, DropTally drops) {
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
                .map(instruction -> new Asked(Optional.of(instruction), instruction))
                .toList()
            : written(piece, texts);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      if (asked.get(i).instruction().isEmpty()) {
        drops.add(
            DropReason.UNPARSABLE_INSTRUCTIONS,
            asked.get(i).written(),
            Optional.empty(),
            Optional.empty());
        continue;
      }
      String instruction = asked.get(i).instruction().get();
      int[] shortPrompt = prompt(UserMessage.of(texts.get(i), instruction));
      int[] longPrompt = prompt(UserMessage.of(context, instruction));
      Optional<DropReason> reason = filters.checkInputs(shortPrompt.length, longPrompt.length);
      if (reason.isPresent()) {
        drops.add(reason.get(), instruction, Optional.empty(), Optional.empty());
      } else {
        questions.add(new Question(i, chunks.get(i), instruction, shortPrompt, longPrompt));
      }
    }
    return questions;
  }

  /** The model's own instructions, one per chunk, where its list could be read. */
  private List<Asked> written(DocumentSpan piece, List<String> chunks) {
    int count = settings.instructionsPerChunk();
    List<int[]> prompts =
        chunks.stream().map(chunk -> prompt(InstructionPrompt.of(chunk, count))).toList();
    int[] indices = java.util.stream.IntStream.range(0, chunks.size()).toArray();
    List<Generated> lists =
        sample(
            models.shortContext(),
            prompts,
            settings.instructions(),
            piece,
            indices,
            SeedPurpose.INSTRUCTION_SAMPLING);
    List<Asked> kept = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      long seed = seeds.forPair(piece.id(), i, SeedPurpose.INSTRUCTION_CHOICE);
      String written = text(lists.get(i));
      Optional<String> instruction =
          InstructionParser.parse(written, count).map(list -> SeedSequence.choose(list, seed));
      lookOut.add(instruction.isPresent(), written);
      kept.add(new Asked(instruction, written));
    }
    return kept;
  }

  private List<Answered> chosen(DocumentSpan piece, List<Question> questions, DropTally drops) {
    List<Generated> answers =
        sample(
            models.shortContext(),
            questions.stream().map(Question::shortPrompt).toList(),
            settings.answers(),
            piece,
            questions.stream().mapToInt(Question::index).toArray(),
            SeedPurpose.CHOSEN_ANSWER);
    List<Answered> kept = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Generated answer = answers.get(i);
      Optional<DropReason> reason = filters.checkChosen(text(answer), answer.ended());
      if (reason.isPresent()) {
        drops.add(
            reason.get(),
            questions.get(i).instruction(),
            Optional.of(text(answer)),
            Optional.empty());
      } else {
        kept.add(new Answered(questions.get(i), answer));
      }
    }
    return kept;
  }

  private List<Draft> rejected(DocumentSpan piece, List<Answered> answered, DropTally drops) {
    List<Generated> answers =
        sample(
            models.longContext(),
            answered.stream().map(a -> a.question().longPrompt()).toList(),
            settings.answers(),
            piece,
            answered.stream().mapToInt(a -> a.question().index()).toArray(),
            SeedPurpose.REJECTED_ANSWER);
    List<Draft> kept = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      Generated first = answered.get(i).chosen();
      Generated second = answers.get(i);
      Optional<DropReason> reason =
          filters
              .checkRejected(text(second))
              .or(
                  () ->
                      filters.checkDifferent(
                          first.tokens(), text(first), second.tokens(), text(second)));
      if (reason.isPresent()) {
        drops.add(
            reason.get(),
            answered.get(i).question().instruction(),
            Optional.of(text(answered.get(i).chosen())),
            Optional.of(text(answers.get(i))));
      } else {
        kept.add(new Draft(answered.get(i).question(), answered.get(i).chosen(), answers.get(i)));
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
      for (Generated answer : List.of(draft.chosen(), draft.rejected())) {
        inputs.add(prompt.apply(draft.question()));
        answers.add(answer.tokens());
      }
    }
    return AnswerLogProbs.read(new Scorer(model, models.engine()), inputs, answers);
  }

  private Answer answer(
      Generated generated, double[] referenceShort, Optional<double[]> referenceLong) {
    return new Answer(
        text(generated), generated.tokens(), generated.ended(), referenceShort, referenceLong);
  }

  private List<Generated> sample(
      LanguageModel model,
      List<int[]> prompts,
      SamplingSettings how,
      DocumentSpan piece,
      int[] indices,
      SeedPurpose purpose) {
    if (prompts.isEmpty()) {
      return List.of();
    }
    long[] drawn =
        Arrays.stream(indices).mapToLong(i -> seeds.forPair(piece.id(), i, purpose)).toArray();
    return new Generator(model, models.engine())
        .generate(
            prompts, how.sampling(), drawn, how.maxNewTokens(), models.tokenizer().endTokens());
  }

  private int[] prompt(String userMessage) {
    return models.prompts().prompt(List.of(Message.user(userMessage)));
  }

  private String text(Generated generated) {
    return models.tokenizer().decode(generated.tokens());
  }

  /** Counts while a piece is worked on, and keeps an example of each reason. */
  private static final class DropTally {
    private final DocumentSpan piece;
    private DropCounts counts = DropCounts.none();
    private DropExamples examples = DropExamples.none();

    DropTally(DocumentSpan piece) {
      this.piece = piece;
    }

    void add(
        DropReason reason, String instruction, Optional<String> chosen, Optional<String> rejected) {
      counts = counts.plus(reason);
      DropExample example = new DropExample(piece.path(), instruction, chosen, rejected);
      examples = examples.plus(new DropExamples(Map.of(reason, example)));
    }

    DropExamples examples() {
      return examples;
    }

    DropCounts counts() {
      return counts;
    }
  }
}
