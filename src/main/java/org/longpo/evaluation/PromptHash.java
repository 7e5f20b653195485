package org.longpo.evaluation;

import java.security.MessageDigest;
import org.longpo.files.Sha256;

/** By what two results show that they asked the same: the SHA-256 of the ids that a model read. */
public final class PromptHash {
  private PromptHash() {}

  /** Of the ids, each as four bytes, the lowest first. */
  public static String of(int[] ids) {
    MessageDigest digest = Sha256.digest();
    for (int id : ids) {
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        digest.update((byte) (id >>> shift));
      }
    }
    return Sha256.of(digest);
  }
}
