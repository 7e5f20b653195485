package org.longpo.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.longpo.documents.ChunkCutter;
import org.longpo.documents.ChunkSampler;
import org.longpo.documents.ChunkSpan;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.pairs.AnswerSampler.Sampled;
import org.longpo.progress.Progress;

/** Draws the chunks of a piece and finds an instruction for each. */
final class QuestionWriter {
  private final GeneratorModel model;
  private final GenerateSettings settings;
  private final Optional<InstructionFile> instructions;
  private final AnswerSampler sampler;
  private final ChunkCutter chunkCutter;
  private final PairFilters filters;
  private final SeedSequence seeds;
  private final UnusableLists unusableLists;

  /**
   * @param instructions from a file; empty: the model writes them
   * @throws org.longpo.error.UserError if the limits leave no tokens for chunks
   */
  QuestionWriter(
      GeneratorModel model,
      GenerateSettings settings,
      Optional<InstructionFile> instructions,
      AnswerSampler sampler,
      Progress progress) {
    this.model = model;
    this.settings = settings;
    this.instructions = instructions;
    this.sampler = sampler;
    this.chunkCutter =
        new ChunkCutter(
            ChunkLimit.tokens(model::prompt, instructions, settings, progress),
            settings.cut().minChunkFill(),
            model.offsets());
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

  /** The questions about a piece; chunks without one are counted in {@code drops}. */
  List<Question> questions(DocumentText document, DocumentSpan piece, PieceDrops drops) {
    List<ChunkSpan> chunks =
        ChunkSampler.sample(
            chunkCutter.cut(document, piece),
            settings.cut().pairsPerDocument(),
            seeds.forPiece(piece.id(), SeedPurpose.CHUNKS));
    List<String> texts =
        chunks.stream()
            .map(chunk -> document.text().substring(chunk.startChar(), chunk.endChar()))
            .toList();
    String context = document.text().substring(piece.startChar(), piece.endChar());
    List<Instruction> found =
        instructions.isPresent()
            ? picked(instructions.get(), piece, chunks)
            : written(piece, texts);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      Instruction instruction = found.get(i);
      if (instruction.text().isEmpty()) {
        drops.add(
            instruction.reason().orElseThrow(),
            instruction.source(),
            Optional.empty(),
            Optional.empty());
        continue;
      }
      String text = instruction.text().get();
      int[] shortPrompt = model.prompt(UserMessage.of(texts.get(i), text));
      int[] longPrompt = model.prompt(UserMessage.of(context, text));
      Optional<DropReason> reason = filters.checkInputs(shortPrompt.length, longPrompt.length);
      if (reason.isPresent()) {
        drops.add(reason.get(), text, Optional.empty(), Optional.empty());
      } else {
        questions.add(
            new Question(i, chunks.get(i), text, instruction.stripped(), shortPrompt, longPrompt));
      }
    }
    return questions;
  }

  private List<Instruction> picked(
      InstructionFile file, DocumentSpan piece, List<ChunkSpan> chunks) {
    long seed = seeds.forPiece(piece.id(), SeedPurpose.INSTRUCTION_CHOICE);
    return file.pick(chunks.size(), seed).stream().map(Instruction::ofFile).toList();
  }

  /** The model's own instructions, one per chunk, where its list could be read. */
  private List<Instruction> written(DocumentSpan piece, List<String> chunks) {
    int count = settings.instructions().perChunk();
    List<Sampled> lists =
        sampler.sample(
            model.shortContext(),
            chunks.stream().map(chunk -> model.prompt(InstructionPrompt.of(chunk, count))).toList(),
            settings.instructions().sampling(),
            piece,
            IntStream.range(0, chunks.size()).toArray(),
            SeedPurpose.INSTRUCTION_SAMPLING);
    List<Instruction> read = new ArrayList<>();
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
      unusableLists.add(reason, list.text());
      read.add(new Instruction(instruction, reason, list.text(), list.isStripped()));
    }
    return read;
  }
}
