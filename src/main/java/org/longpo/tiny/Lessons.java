package org.longpo.tiny;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.longpo.evaluation.QuestionPrompt;
import org.longpo.evaluation.tasks.NeedleWording;
import org.longpo.pairs.InstructionPrompt;
import org.longpo.pairs.UserMessage;
import org.longpo.text.Prompts;
import org.longpo.text.Tokenizer;

/**
 * Makes the lesson of a step from the seed and the step's number alone.
 *
 * <p>All questions about a passage are branches that follow it, so a dozen of them cost little more
 * than one, and every one stands where it would stand alone.
 */
final class Lessons implements LessonSource {
  /**
   * Instructions that the model learns to write when it is told to: a model so small mostly repeats
   * itself in lists of several.
   */
  static final int INSTRUCTIONS_PER_CHUNK = 1;

  /** Fewer tokens than this hold no sentence in addition to the question. */
  static final int SHORTEST = 64;

  private static final int QUESTIONS = 12;

  /** Tasks written about a passage, each as if it were the only one. */
  private static final int TASKS = 4;

  /** Distinct tokens of a lesson, about. */
  private static final int TOKENS = 2000;

  private static final int TOKENS_PER_SENTENCE = 12;
  private static final int SAMPLED_PASSAGES = 2000;

  private final long seed;
  private final Tokenizer tokenizer;
  private final RandomCopies copies;
  private final LessonSequences written;

  Lessons(long seed, Tokenizer tokenizer, Prompts prompts) {
    this.seed = seed;
    this.tokenizer = tokenizer;
    written = new LessonSequences(tokenizer, prompts);
    copies = new RandomCopies(written.begin(), worldTokens());
  }

  private int[] worldTokens() {
    WorldWriter writer = new WorldWriter(new Random(seed));
    BitSet used = new BitSet();
    for (int i = 0; i < SAMPLED_PASSAGES; i++) {
      IntStream.of(tokenizer.encodeText(writer.passage(8, 0.5).text())).forEach(used::set);
    }
    return used.stream().toArray();
  }

  @Override
  public Lesson copies(int step) {
    Random random = random(step);
    Draft draft = new Draft();
    while (draft.lesson.tokens() < TOKENS) {
      draft.lesson.add(copies.draw(random));
    }
    return draft.lesson.finish();
  }

  /** Passages with questions, plain text, and still some copies. */
  @Override
  public Lesson passages(int step, int length) {
    Random random = random(step);
    WorldWriter writer = new WorldWriter(random);
    Draft draft = new Draft();
    while (draft.lesson.tokens() < TOKENS) {
      double kind = random.nextDouble();
      if (kind < 0.15) {
        draft.lesson.add(copies.drawOfSome(random));
      } else if (kind < 0.20) {
        draft.addText(writer, length);
      } else {
        draft.addPassage(writer, random, length, kind < 0.85);
      }
    }
    return draft.lesson.finish();
  }

  private Random random(int step) {
    return new Random(seed * 1_000_003 + step);
  }

  private final class Draft {
    private final LessonDraft lesson = new LessonDraft();

    void addText(WorldWriter writer, int length) {
      String text = writer.passage(1 + length / TOKENS_PER_SENTENCE, 0.45).text();
      lesson.add(written.text(text, length));
    }

    void addPassage(WorldWriter writer, Random random, int length, boolean asOneself) {
      int most = length - (random.nextInt(4) == 0 ? random.nextInt(length - SHORTEST + 1) : 0);
      double share = 0.3 + 0.6 * random.nextDouble();
      for (int sentences = most / TOKENS_PER_SENTENCE; sentences > 0; sentences--) {
        WorldWriter.Passage passage = writer.passage(sentences, share);
        if (!passage.facts().isEmpty() && add(passage, random, most, asOneself)) {
          return;
        }
      }
    }

    /** False, and nothing is added, where a sequence would be too long. */
    private boolean add(WorldWriter.Passage passage, Random random, int length, boolean asOneself) {
      List<Fact> facts = new ArrayList<>(passage.facts());
      Collections.shuffle(facts, random);
      List<Branch> branches = new ArrayList<>();
      for (Fact fact : facts.subList(0, Math.min(QUESTIONS, facts.size()))) {
        branches.add(asOneself ? asked(passage, fact) : evaluated(passage, fact));
      }
      if (asOneself) {
        for (Fact fact : facts.subList(0, Math.min(TASKS, facts.size()))) {
          branches.add(task(passage, fact));
        }
      }
      if (branches.stream().anyMatch(branch -> branch.sequence.length > length)) {
        return false;
      }
      for (Branch branch : branches) {
        if (branch.isJudged) {
          lesson.judgeNext(branch.answerStart, branch.sequence.length);
        }
        lesson.addBranch(new Lesson.Sequence(branch.sequence, 1));
        lesson.addTokens(branch.sequence.length - branch.answerStart + TOKENS_PER_SENTENCE);
      }
      lesson.addTokens(branches.getFirst().answerStart);
      return true;
    }
  }

  /** A prompt with its answer. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Branch(int[] sequence, int answerStart, boolean isJudged) {}

  /** As the model asks itself in its pairs. */
  private Branch asked(WorldWriter.Passage passage, Fact fact) {
    return branch(UserMessage.of(passage.text(), fact.question()), fact.statement(), true);
  }

  /** As {@code evaluation} asks. */
  private Branch evaluated(WorldWriter.Passage passage, Fact fact) {
    QuestionPrompt prompt = NeedleWording.DEFAULTS.prompt();
    return branch(prompt.message(passage.text(), fact.question()), fact.statement(), true);
  }

  /** As {@code generate} asks for a task: one about a fact. */
  private Branch task(WorldWriter.Passage passage, Fact fact) {
    String request = InstructionPrompt.of(passage.text(), INSTRUCTIONS_PER_CHUNK);
    return branch(request, "1. " + fact.question(), false);
  }

  private Branch branch(String message, String answer, boolean isJudged) {
    Lesson.Sequence answered = written.answered(message, answer);
    return new Branch(answered.tokens(), answered.learnFrom(), isJudged);
  }
}
