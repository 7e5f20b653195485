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
 * What a pair file was made from, beside it in a file of its own.
 *
 * @param settings all settings of the stage, the seed among them
 * @param modelFingerprint hash of the generator's weights and configuration; the log-probabilities
 *     are this model's
 * @param referenceLongFingerprint the same of the model whose log-probabilities on the long input
 *     the file holds, where that is not the generator
 * @param chat what the chat template was given for every prompt
 * @param tokenizerSha256 hash of all that decides token ids and the end of an answer; the ids mean
 *     something only with it
 * @param documents documents that were read
 * @param pieces pieces that were cut from them
 * @param skipped stretches of documents that became no piece
 * @param rows rows of the pair file
 * @param pairs pairs in all rows
 * @param dropped pairs that were dropped
 * @param strippedReasoning texts of the model that the pairs come from, lists of instructions and
 *     answers, from which a block of reasoning was taken away
 * @param pairFileSha256 hash of the pair file
 */
public record PairManifest(
    GenerateSettings settings,
    String modelFingerprint,
    Optional<String> referenceLongFingerprint,
    ChatSettings chat,
    String tokenizerSha256,
    int documents,
    int pieces,
    Map<SkipReason, Integer> skipped,
    int rows,
    int pairs,
    DropCounts dropped,
    int strippedReasoning,
    String pairFileSha256) {

  public PairManifest {
    // In the order of the enum: the manifest's bytes must not depend on a hash.
    Map<SkipReason, Integer> sorted = new EnumMap<>(SkipReason.class);
    sorted.putAll(skipped);
    skipped = Collections.unmodifiableMap(sorted);
  }

  /**
   * The manifest of the same pairs with log-probabilities on the long input.
   *
   * @param reference fingerprint of the model that they are of; empty: the generator
   */
  public PairManifest withReferenceLong(Optional<String> reference, String newPairFileSha256) {
    return new PairManifest(
        settings.withReferenceLong(),
        modelFingerprint,
        reference,
        chat,
        tokenizerSha256,
        documents,
        pieces,
        skipped,
        rows,
        pairs,
        dropped,
        strippedReasoning,
        newPairFileSha256);
  }

  public void write(Path file) {
    AtomicFile.writeText(file, Json.pretty(this));
  }

  /**
   * Reads a manifest.
   *
   * @throws UserError if it is missing, is none or does not say what the chat template was given
   */
  public static PairManifest read(Path file) {
    JsonNode manifest = Json.read(file, JsonNode.class);
    if (manifest.has("pair_file_sha256") && !manifest.has("chat")) {
      throw new UserError(
          file
              + " was made by an earlier version, which did not record the chat template's"
              + " settings: generate the pairs again.");
    }
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
   * Whether a model is the one that wrote the answers.
   *
   * @param fingerprint hash of its weights and configuration
   */
  public boolean isMadeBy(String fingerprint) {
    return fingerprint.equals(modelFingerprint);
  }

  /**
   * Makes sure that a model is the one that wrote the answers.
   *
   * @param fingerprint hash of its weights and configuration
   * @throws UserError if it is another
   */
  public void verifyGenerator(String fingerprint) {
    if (!isMadeBy(fingerprint)) {
      throw new UserError(
          "The pairs were made with another model (fingerprint %s, the model's is %s): give the one that made them, or --other-model if another reference is what you want."
              .formatted(modelFingerprint, fingerprint));
    }
  }

  /**
   * Makes sure that a tokenizer is the one that the token ids are of.
   *
   * @throws UserError if it is another
   */
  public void verifyTokenizer(String sha256) {
    if (!sha256.equals(tokenizerSha256)) {
      throw new UserError(
          "The pairs were made with another tokenizer or other special or end tokens (SHA-256 of all of them %s, the model's is %s); generate them again with this model."
              .formatted(tokenizerSha256, sha256));
    }
  }
}
