package org.longpo.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.longpo.error.UserError;

/**
 * A text file that a user gave, decoded strictly.
 *
 * @param text without the byte order mark; line breaks as they are in the file
 * @param sha256 hash of all bytes, a byte order mark included
 */
public record Utf8File(String text, String sha256) {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Arrays and strings of Java end here, a few header words below 2 GiB. */
  private static final long MAXIMUM_BYTES = Integer.MAX_VALUE - 8L;

  /**
   * Reads a file of UTF-8.
   *
   * @throws UserError if there is no such file, if it cannot be read, if it is a git-lfs pointer,
   *     or if it is not UTF-8, naming the offset of the first wrong byte
   */
  public static Utf8File read(Path file) {
    byte[] bytes = bytes(file);
    GitLfsPointer.refuse(file, bytes);
    return new Utf8File(decode(file, bytes), Sha256.of(bytes));
  }

  private static byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a folder, expected a file.");
    }
    try {
      long size = Files.size(file);
      if (size > MAXIMUM_BYTES) {
        throw new UserError(
            "%s has %d bytes and a text file may have at most %d; split it."
                .formatted(file, size, MAXIMUM_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The error of a file that a user gave and that cannot be read. */
  static UserError unreadable(Path file, IOException e) {
    return new UserError(
        switch (e) {
          case NoSuchFileException _ -> "There is no file " + file + ".";
          case AccessDeniedException _ -> file + " may not be read by this user.";
          default -> file + " cannot be read: " + e.getMessage() + ".";
        },
        e);
  }

  private static String decode(Path file, byte[] bytes) {
    int start = startsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    // UTF-8 never decodes to more UTF-16 units than it has bytes.
    CharBuffer out = CharBuffer.allocate(bytes.length - start);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new UserError(
          "%s is not UTF-8: byte 0x%02x at byte offset %d; convert it to UTF-8."
              .formatted(file, bytes[in.position()], in.position()));
    }
    return out.flip().toString();
  }

  /** The bytes, a byte order mark at their beginning removed. */
  static byte[] withoutByteOrderMark(byte[] bytes) {
    return startsWithByteOrderMark(bytes)
        ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length)
        : bytes;
  }

  private static boolean startsWithByteOrderMark(byte[] bytes) {
    int length = BYTE_ORDER_MARK.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
  }
}
