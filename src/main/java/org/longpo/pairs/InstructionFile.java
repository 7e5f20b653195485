package org.longpo.pairs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.longpo.error.UserError;
import org.longpo.files.Sha256;
import org.longpo.files.Utf8File;

/**
 * Instructions from a file, for models that cannot write their own: one per line; blank lines and
 * lines that begin with # do not count.
 *
 * @param instructions at least one, different from each other
 */
public record InstructionFile(List<String> instructions) {
  public InstructionFile {
    instructions = List.copyOf(instructions);
    if (instructions.isEmpty()) {
      throw new IllegalArgumentException("no instructions");
    }
  }

  /**
   * Reads a file of UTF-8.
   *
   * @throws UserError if the file is missing, is not UTF-8, holds no instruction or holds one of
   *     them twice
   */
  public static InstructionFile read(Path file) {
    List<String> instructions = new ArrayList<>();
    int number = 0;
    for (String line : Utf8File.read(file).text().lines().toList()) {
      number++;
      String instruction = line.strip();
      if (instruction.isEmpty() || instruction.startsWith("#")) {
        continue;
      }
      if (instructions.contains(instruction)) {
        throw new UserError(
            file
                + ":"
                + number
                + ": this instruction is a duplicate of an earlier line; remove one.");
      }
      instructions.add(instruction);
    }
    if (instructions.isEmpty()) {
      throw new UserError(
          file
              + " holds no instruction; write one per line, lines that begin with # do not count.");
    }
    return new InstructionFile(instructions);
  }

  /** Of the instructions in their order; comments and blank lines of the file do not matter. */
  public String sha256() {
    return Sha256.of(String.join("\n", instructions).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Draws instructions for the pairs of one document: different ones as long as there are enough,
   * then from the start again.
   */
  public List<String> pick(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> left = new ArrayList<>();
    List<String> picked = new ArrayList<>();
    while (picked.size() < count) {
      if (left.isEmpty()) {
        left.addAll(instructions);
      }
      picked.add(left.remove(random.nextInt(left.size())));
    }
    return List.copyOf(picked);
  }
}
