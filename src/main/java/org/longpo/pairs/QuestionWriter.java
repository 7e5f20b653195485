package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longpo.documents.ChunkCutter;
import org.longpo.documents.ChunkSampler;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.inference.Session;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.Written;
import org.longpo.progress.Progress;
import org.longpo.text.Prompt;
import org.longpo.text.Reasoning;

/** Draws the chunks of pieces and finds an instruction for each. */
final class QuestionWriter {
  private final PairModels models;
  private final GenerateSettings settings;
  private final Optional<InstructionFile> instructions;
  private final ChunkCutter chunkCutter;
  private final PairFilters filters;
  private final SeedSequence seeds;
  private final UnusableLists unusableLists;

  /**
   * @param instructions from a file; empty: the model writes them
   * @throws org.longpo.error.UserError if the limits leave no tokens for chunks
   */
  QuestionWriter(
      PairModels models,
      GenerateSettings settings,
      Optional<InstructionFile> instructions,
      Progress progress) {
    this.models = models;
    this.settings = settings;
    this.instructions = instructions;
    this.chunkCutter =
        new ChunkCutter(
            ChunkLimit.tokens(models.prompts(), instructions, settings, progress),
            settings.cut().minChunkFill(),
            models.offsets());
    this.filters = new PairFilters(settings.filters());
    this.seeds = new SeedSequence(settings.seed());
    this.unusableLists = new UnusableLists(settings.instructions().perChunk(), progress);
  }

  /**
   * The instruction of a chunk, or the reason why there is none.
   *
   * @param source what it was read from: the model's list, or the instruction of the file itself
   * @param stripped whether reasoning was removed from the source
   */
  private record Instruction(
      Optional<String> text, Optional<DropReason> reason, String source, boolean stripped) {
    static Instruction ofFile(String text) {
      return new Instruction(Optional.of(text), Optional.empty(), text, false);
    }
  }

  /** The chunks of a piece that are asked about. */
  DrawnPiece draw(DocumentText document, DocumentSpan piece) {
    List<ChunkSpan> chunks =
        ChunkSampler.sample(
            chunkCutter.cut(document, piece),
            settings.cut().pairsPerDocument(),
            seeds.forPiece(piece.id(), SeedPurpose.CHUNKS));
    return DrawnPiece.of(document, piece, chunks);
  }

  /**
   * The questions about pieces, in their order; chunks without one are counted in the pieces'
   * drops. Where the model writes the instructions, it writes those of all pieces in one batch.
   *
   * @param session of the writer of the short context
   */
  List<Question> questions(List<DrawnPiece> pieces, Session session) {
    List<Instruction> found =
        instructions.map(file -> picked(file, pieces)).orElseGet(() -> written(pieces, session));
    List<Asked> asked = new ArrayList<>();
    for (DrawnPiece piece : pieces) {
      for (int i = 0; i < piece.chunks().size(); i++) {
        asked.add(new Asked(piece, i, found.get(asked.size())));
      }
    }
    // In parallel: every question has the whole piece to encode.
    List<Optional<Inputs>> inputs = asked.parallelStream().map(this::inputs).toList();
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      question(asked.get(i), inputs.get(i)).ifPresent(questions::add);
    }
    return questions;
  }

  /** A chunk with its instruction. */
  private record Asked(DrawnPiece piece, int index, Instruction instruction) {}

  /** What an instruction is answered from. */
  private record Inputs(Prompt shortPrompt, Prompt longPrompt) {}

  private Optional<Inputs> inputs(Asked asked) {
    return asked
        .instruction()
        .text()
        .map(
            text ->
                new Inputs(
                    models
                        .prompts()
                        .of(UserMessage.of(asked.piece().chunkTexts().get(asked.index()), text)),
                    models.prompts().of(UserMessage.of(asked.piece().text(), text))));
  }

  private Optional<Question> question(Asked asked, Optional<Inputs> inputs) {
    Instruction instruction = asked.instruction();
    if (inputs.isEmpty()) {
      return dropped(asked.piece(), instruction.reason().orElseThrow(), instruction.source());
    }
    String text = instruction.text().orElseThrow();
    Prompt shortPrompt = inputs.get().shortPrompt();
    Prompt longPrompt = inputs.get().longPrompt();
    Optional<DropReason> reason = filters.checkInputs(shortPrompt.length(), longPrompt.length());
    return reason.isPresent()
        ? dropped(asked.piece(), reason.get(), text)
        : Optional.of(
            new Question(
                asked.piece(),
                asked.index(),
                text,
                instruction.stripped(),
                shortPrompt,
                longPrompt));
  }

  private static Optional<Question> dropped(DrawnPiece piece, DropReason reason, String text) {
    piece.drops().add(reason, text, Optional.empty(), Optional.empty());
    return Optional.empty();
  }

  /** From the file, one for each chunk of all pieces. */
  private List<Instruction> picked(InstructionFile file, List<DrawnPiece> pieces) {
    return pieces.stream()
        .flatMap(
            piece ->
                file
                    .pick(
                        piece.chunks().size(),
                        seeds.forPiece(piece.id(), SeedPurpose.INSTRUCTION_CHOICE))
                    .stream())
        .map(Instruction::ofFile)
        .toList();
  }

  /** The model's own, one for each chunk of all pieces, where its list could be read. */
  private List<Instruction> written(List<DrawnPiece> pieces, Session session) {
    int count = settings.instructions().perChunk();
    List<WriteRequest> requests = new ArrayList<>();
    List<Long> choices = new ArrayList<>();
    for (DrawnPiece piece : pieces) {
      for (int i = 0; i < piece.chunks().size(); i++) {
        requests.add(
            new WriteRequest(
                models.prompts().of(InstructionPrompt.of(piece.chunkTexts().get(i), count)),
                seeds.forPair(piece.id(), i, SeedPurpose.INSTRUCTION_SAMPLING)));
        choices.add(seeds.forPair(piece.id(), i, SeedPurpose.INSTRUCTION_CHOICE));
      }
    }
    List<Written> lists = session.write(requests, settings.instructions().writing());
    List<Instruction> read = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      read.add(read(lists.get(i), count, choices.get(i)));
    }
    return read;
  }

  /**
   * @param choice seed of which instruction of the list is kept
   */
  private Instruction read(Written list, int count, long choice) {
    Optional<DropReason> reasoning = settings.answers().reasoning().check(list);
    Optional<String> instruction =
        reasoning.isPresent()
            ? Optional.empty()
            : InstructionParser.parse(list.text(), count)
                .map(parsed -> SeedSequence.choose(parsed, choice));
    Optional<DropReason> reason =
        instruction.isPresent()
            ? Optional.empty()
            : reasoning.or(() -> Optional.of(DropReason.UNPARSABLE_INSTRUCTIONS));
    unusableLists.add(reason, list.shown());
    return new Instruction(instruction, reason, list.shown(), list.reasoning() == Reasoning.ENDED);
  }
}
