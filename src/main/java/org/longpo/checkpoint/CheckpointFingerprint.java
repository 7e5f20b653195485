package org.longpo.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeMap;
import org.longpo.files.ModelFolder;
import org.longpo.files.Sha256;

/** SHA-256 over a checkpoint's configuration and weights. */
final class CheckpointFingerprint {
  /** A buffer's size is an int; pieces of this size also keep few pages in flight. */
  private static final long PIECE_BYTES = 1L << 26;

  private CheckpointFingerprint() {}

  /** Hashes the bytes of config.json and the tensors in the given order. */
  static String of(ModelFolder folder, Collection<TensorEntry> tensors) {
    MessageDigest digest = digest();
    digest.update(line(Sha256.of(folder.required(ModelFolder.CONFIG))));
    return of(digest, tensors);
  }

  /**
   * Hashes an adapter beside the fingerprint of its base. This includes its settings of the base.
   *
   * @param base fingerprint of the base
   */
  static String of(String base, AdapterFile adapter) {
    MessageDigest digest = digest();
    digest.update(line(base));
    digest.update(line(new TreeMap<>(adapter.metadata()).toString()));
    adapter
        .changes()
        .forEach((weight, change) -> digest.update(line(weight + " " + change.scale())));
    return of(digest, adapter.tensors().values());
  }

  private static String of(MessageDigest digest, Collection<TensorEntry> tensors) {
    for (TensorEntry tensor : tensors) {
      digest.update(line(tensor.name() + " " + tensor.type() + " " + tensor.dimensions()));
      MemorySegment data = tensor.data();
      for (long start = 0; start < data.byteSize(); start += PIECE_BYTES) {
        long bytes = Math.min(PIECE_BYTES, data.byteSize() - start);
        digest.update(data.asSlice(start, bytes).asByteBuffer());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
