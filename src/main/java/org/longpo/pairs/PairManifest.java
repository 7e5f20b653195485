package org.longpo.pairs;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.longpo.documents.SkipReason;
import org.longpo.error.UserError;
import org.longpo.files.AtomicFile;
import org.longpo.files.Json;
import org.longpo.files.Sha256;
import org.longpo.text.ChatSettings;
import tools.jackson.databind.JsonNode;

/**
 * What a pair file was made from; a file in the same folder.
 *
 * @param version {@link PairFile#VERSION}
 * @param settings all settings of the stage, the seed among them
 * @param writer who wrote the pairs
 * @param scorer whose log-probabilities the file holds
 * @param referenceLongFingerprint fingerprint of the model whose log-probabilities on the long
 *     input the file holds, where that is not the scorer
 * @param counts of documents, pieces and pairs
 * @param pairFileSha256 hash of the pair file
 */
public record PairManifest(
    int version,
    GenerateSettings settings,
    Writer writer,
    Scorer scorer,
    Optional<String> referenceLongFingerprint,
    Counts counts,
    String pairFileSha256) {

  public PairManifest {
    PairVersion.requireCurrent(version);
  }

  /** The manifest of pairs that {@code generate} made. */
  public PairManifest(
      GenerateSettings settings,
      Writer writer,
      Scorer scorer,
      Counts counts,
      String pairFileSha256) {
    this(PairFile.VERSION, settings, writer, scorer, Optional.empty(), counts, pairFileSha256);
  }

  /**
   * Who wrote the instructions and answers.
   *
   * @param fingerprint of all that decides what it writes: for a model of a folder the hash of
   *     weights and configuration
   * @param tokenizerSha256 hash of all that decides token ids and the end of an answer; the ids
   *     mean something only with it
   * @param chat what the chat template was given for every prompt
   */
  public record Writer(String fingerprint, String tokenizerSha256, ChatSettings chat) {}

  /**
   * The reference model.
   *
   * @param fingerprint hash of weights and configuration
   */
  public record Scorer(String fingerprint) {}

  /**
   * How many documents, pieces and pairs there were.
   *
   * @param documents documents that were read
   * @param pieces pieces that were cut from them
   * @param skipped stretches of documents that became no piece
   * @param rows rows of the pair file
   * @param pairs pairs in all rows
   * @param dropped pairs that were dropped
   * @param strippedReasoning texts of the model that the pairs come from, lists of instructions and
   *     answers, from which a block of reasoning was removed
   */
  public record Counts(
      int documents,
      int pieces,
      Map<SkipReason, Integer> skipped,
      int rows,
      int pairs,
      DropCounts dropped,
      int strippedReasoning) {
    public Counts {
      // In the order of the enum: the manifest's bytes must not depend on a hash.
      Map<SkipReason, Integer> sorted = new EnumMap<>(SkipReason.class);
      sorted.putAll(skipped);
      skipped = Collections.unmodifiableMap(sorted);
    }

    public static Counts of(int documents, PiecePlan plan, PieceTotals totals) {
      return new Counts(
          documents,
          plan.pieces().size(),
          plan.skipped(),
          totals.rows(),
          totals.pairs(),
          totals.dropped(),
          totals.strippedReasoning());
    }
  }

  /**
   * The manifest of the same pairs with log-probabilities on the long input.
   *
   * @param reference fingerprint of the model that they are of; empty: the scorer
   */
  public PairManifest withReferenceLong(Optional<String> reference, String newPairFileSha256) {
    return new PairManifest(
        version,
        settings.withReferenceLong(),
        writer,
        scorer,
        reference,
        counts,
        newPairFileSha256);
  }

  /** The manifest of a file whose pairs were changed after they were made. */
  public PairManifest withPairFile(String newPairFileSha256) {
    return new PairManifest(
        version, settings, writer, scorer, referenceLongFingerprint, counts, newPairFileSha256);
  }

  public void write(Path file) {
    AtomicFile.writeText(file, Json.pretty(this));
  }

  /**
   * Reads a manifest.
   *
   * @throws UserError if it is missing, is no manifest or is of another version
   */
  public static PairManifest read(Path file) {
    PairVersion.require(Json.read(file, JsonNode.class), file.toString(), "pair_file_sha256");
    return Json.read(file, PairManifest.class);
  }

  /**
   * Makes sure that a pair file is the one described.
   *
   * @throws UserError if its bytes differ
   */
  public void verify(Path pairFile) {
    String found = Sha256.of(pairFile);
    if (!found.equals(pairFileSha256)) {
      throw new UserError(
          "%s is not the file of its manifest (SHA-256 %s, expected %s); generate it again."
              .formatted(pairFile, found, pairFileSha256));
    }
  }

  /**
   * What of the pairs is not of a model, with a verb: "answers are"; empty if the model wrote and
   * scored them.
   *
   * @param fingerprint hash of its weights and configuration
   */
  public Optional<String> foreignTo(String fingerprint) {
    boolean isWriter = fingerprint.equals(writer.fingerprint());
    if (isScoredBy(fingerprint)) {
      return isWriter ? Optional.empty() : Optional.of("answers are");
    }
    return Optional.of(
        isWriter
            ? "reference log-probabilities are"
            : "answers and reference log-probabilities are");
  }

  /** Whether a model is the reference. */
  public boolean isScoredBy(String fingerprint) {
    return fingerprint.equals(scorer.fingerprint());
  }

  /**
   * Makes sure that a model is the reference.
   *
   * @param fingerprint hash of its weights and configuration
   * @throws UserError if it is another
   */
  public void verifyScorer(String fingerprint) {
    if (!isScoredBy(fingerprint)) {
      throw new UserError(
          "The pairs were made with another model (fingerprint %s, the model's is %s): give the one that made them, or --other-model if another reference is what you want."
              .formatted(scorer.fingerprint(), fingerprint));
    }
  }

  /**
   * Makes sure that a tokenizer is the one that the token ids are of.
   *
   * @throws UserError if it is another
   */
  public void verifyTokenizer(String sha256) {
    if (!sha256.equals(writer.tokenizerSha256())) {
      throw new UserError(
          "The pairs were made with another tokenizer or other special or end tokens (SHA-256 of all of them %s, the model's is %s); generate them again with this model."
              .formatted(writer.tokenizerSha256(), sha256));
    }
  }
}
