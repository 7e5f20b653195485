package org.longpo.pairs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.longpo.documents.ChunkCutter;
import org.longpo.documents.DocumentFile;
import org.longpo.documents.DocumentSource;
import org.longpo.documents.DocumentSpan;
import org.longpo.documents.DocumentText;
import org.longpo.documents.HoldOut;
import org.longpo.documents.PieceCutter;
import org.longpo.documents.SkipReason;
import org.longpo.documents.SpanReader;
import org.longpo.documents.TokenOffsets;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.ResumableLog;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.Progress;
import org.longpo.text.Message;

/**
 * Documents to a pair file: {@code pairs.jsonl} with {@code manifest.json} beside it.
 *
 * <p>Every piece that is done stands as a line in a log, so a killed run goes on with the next
 * piece; because all randomness is derived from seed and piece, it ends with the same bytes.
 */
public final class GenerateStage {
  public static final String PAIR_FILE = "pairs.jsonl";
  public static final String MANIFEST = "manifest.json";
  private static final String LOG = "pieces.jsonl";

  private final PairModels models;
  private final GenerateSettings settings;
  private final TokenOffsets offsets;

  public GenerateStage(PairModels models, GenerateSettings settings) {
    this.models = models;
    this.settings = settings;
    this.offsets = text -> models.tokenizer().encodeTextWithSpans(text).ends();
  }

  /** The pieces of all documents, and what was skipped. */
  private record Plan(List<DocumentSpan> pieces, Map<SkipReason, Integer> skipped) {}

  /**
   * Makes the pair file in {@code folder}; returns at once if it is there already.
   *
   * @throws UserError if what lies in the folder was begun with other inputs, no document is long
   *     enough, or no pair survives; the message counts the reasons
   */
  public PairManifest run(
      Path folder,
      DocumentSource documents,
      Optional<InstructionFile> instructions,
      Progress progress,
      Cancellation cancellation) {
    Path manifestFile = folder.resolve(MANIFEST);
    Path log = folder.resolve(LOG);
    StageIdentity identity = identity(documents, instructions);
    if (Files.exists(manifestFile)) {
      identity.verify(folder);
      PairManifest manifest = PairManifest.read(manifestFile);
      manifest.verify(folder.resolve(PAIR_FILE));
      // Still there if the process was killed right after the manifest was written.
      AtomicFile.deleteRecursively(log);
      return manifest;
    }
    ResumableLog.verify(log, identity);
    SpanReader reader = new SpanReader();
    InputBudget budget =
        InputBudget.of(
            message -> models.prompts().prompt(List.of(Message.user(message))),
            instructions,
            settings.instructionsPerChunk(),
            settings.instructions().maxNewTokens());
    int chunkTokens = chunkTokens(budget, progress);
    Plan plan = plan(documents, reader);
    if (plan.pieces().isEmpty()) {
      throw noPiece(plan.skipped());
    }
    PairGenerator generator =
        new PairGenerator(
            models,
            settings,
            instructions,
            new ChunkCutter(chunkTokens, settings.minChunkFill(), offsets),
            progress);
    List<PieceOutcome> outcomes = new ArrayList<>();
    try (ResumableLog append =
        ResumableLog.open(
            log, identity, (line, where) -> outcomes.add(PieceOutcome.parse(line, where)))) {
      complete(
          outcomes,
          append,
          plan.pieces(),
          piece -> generator.generate(documentOf(piece, documents, reader), piece),
          progress,
          cancellation);
    }
    DropCounts dropped =
        outcomes.stream().map(PieceOutcome::dropped).reduce(DropCounts.none(), DropCounts::plus);
    List<PairRow> rows = outcomes.stream().flatMap(outcome -> outcome.row().stream()).toList();
    DropExamples examples =
        outcomes.stream()
            .map(PieceOutcome::examples)
            .reduce(DropExamples.none(), DropExamples::plus);
    examples.write(folder);
    if (rows.isEmpty()) {
      throw dropped.noPairSurvived(examples);
    }
    PairFile.write(folder.resolve(PAIR_FILE), rows);
    PairManifest manifest =
        new PairManifest(
            settings,
            models.fingerprint(),
            Optional.empty(),
            models.prompts().settings(),
            models.tokenizer().sha256(),
            documents.files().size(),
            plan.pieces().size(),
            plan.skipped(),
            rows.size(),
            rows.stream().mapToInt(row -> row.pairs().size()).sum(),
            dropped,
            outcomes.stream().mapToInt(PieceOutcome::strippedReasoning).sum(),
            Sha256.of(folder.resolve(PAIR_FILE)));
    identity.write(folder);
    manifest.write(manifestFile);
    if (manifest.strippedReasoning() > 0) {
      progress.say(
          String.format(
              Locale.ROOT,
              "%,d texts of the pairs began with a block of reasoning, which was removed.",
              manifest.strippedReasoning()));
    }
    AtomicFile.deleteRecursively(log);
    return manifest;
  }

  /** Pieces, chunks and seeds follow from documents, tokenizer and settings. */
  private StageIdentity identity(DocumentSource documents, Optional<InstructionFile> instructions) {
    Map<String, String> hashes = new LinkedHashMap<>();
    documents.files().forEach(file -> hashes.put(file.path().toString(), file.sha256()));
    StageIdentity identity =
        models
            .identity()
            .forStage("generate")
            .withFiles("documents", hashes)
            .withSetting("generate", settings);
    return instructions
        .map(file -> identity.withContent("instructions", file.sha256()))
        .orElse(identity);
  }

  /**
   * Tokens of a chunk so that its input keeps within the filters' limit: what they would drop is
   * not made in the first place.
   */
  private int chunkTokens(InputBudget budget, Progress progress) {
    int limit = settings.filters().maxShortInputTokens();
    int fits = budget.textIn(limit);
    if (fits >= settings.chunkTokens()) {
      return settings.chunkTokens();
    }
    String rest =
        String.format(
            Locale.ROOT,
            "max_short_input_tokens (%,d) minus the template (%,d) and an instruction (up to %,d)",
            limit,
            budget.templateTokens(),
            budget.instructionTokens());
    if (fits < GenerateSettings.LEAST_CHUNK_TOKENS) {
      throw new UserError(
          rest + " leaves no text: raise max_short_input_tokens or give shorter instructions.");
    }
    progress.say(String.format(Locale.ROOT, "The chunks have at most %,d tokens: %s.", fits, rest));
    return fits;
  }

  private Plan plan(DocumentSource documents, SpanReader reader) {
    HoldOut holdOut = HoldOut.of(documents.files(), settings.holdOutShare(), settings.seed());
    PieceCutter cutter = new PieceCutter(settings.lengthTokens(), settings.minPieceFill(), offsets);
    List<DocumentSpan> pieces = new ArrayList<>();
    Map<SkipReason, Integer> skipped = new TreeMap<>();
    for (DocumentFile file : documents.files()) {
      DocumentText document = reader.document(file);
      if (!holdOut.training(document).isEmpty()) {
        PieceCutter.Pieces cut = cutter.cut(document, holdOut.training(document));
        pieces.addAll(cut.pieces());
        cut.skipped().forEach(skip -> skipped.merge(skip.reason(), 1, Integer::sum));
      }
    }
    return new Plan(drawn(pieces), skipped);
  }

  private UserError noPiece(Map<SkipReason, Integer> skipped) {
    String counts =
        skipped.entrySet().stream()
            .map(entry -> entry.getValue() + " x " + entry.getKey().sentence())
            .collect(Collectors.joining("; "));
    return new UserError(
        String.format(
            Locale.ROOT,
            "No document is long enough for pieces of %,d tokens (%s): give longer documents, a"
                + " smaller length or a smaller --min-piece-fill, with a new --out.",
            settings.lengthTokens(),
            counts.isEmpty() ? "no text outside the held-out share" : counts));
  }

  /** The pieces whose seeds are smallest, in the order of the documents. */
  private List<DocumentSpan> drawn(List<DocumentSpan> pieces) {
    if (settings.maxDocuments().isEmpty() || pieces.size() <= settings.maxDocuments().get()) {
      return pieces;
    }
    SeedSequence seeds = new SeedSequence(settings.seed());
    Set<DocumentSpan> kept =
        pieces.stream()
            .sorted(
                Comparator.comparingLong(piece -> seeds.forPiece(piece.id(), SeedPurpose.PIECES)))
            .limit(settings.maxDocuments().get())
            .collect(Collectors.toSet());
    return pieces.stream().filter(kept::contains).toList();
  }

  private static void complete(
      List<PieceOutcome> outcomes,
      ResumableLog log,
      List<DocumentSpan> pieces,
      Function<DocumentSpan, PieceOutcome> generator,
      Progress progress,
      Cancellation cancellation) {
    try (Progress.Task task =
        progress.start("Generating pairs", "pieces", outcomes.size(), pieces.size())) {
      int pairs = outcomes.stream().mapToInt(GenerateStage::pairs).sum();
      for (DocumentSpan piece : pieces.subList(outcomes.size(), pieces.size())) {
        cancellation.throwIfRequested();
        PieceOutcome outcome = generator.apply(piece);
        log.append(outcome.line());
        outcomes.add(outcome);
        pairs += pairs(outcome);
        task.advance(1, piece.tokens(), String.format(Locale.ROOT, "%,d pairs", pairs));
      }
    }
  }

  private static int pairs(PieceOutcome outcome) {
    return outcome.row().map(row -> row.pairs().size()).orElse(0);
  }

  private static DocumentText documentOf(
      DocumentSpan piece, DocumentSource documents, SpanReader reader) {
    return documents.files().stream()
        .filter(file -> file.sha256().equals(piece.sha256()))
        .findFirst()
        .map(reader::document)
        .orElseThrow();
  }
}
