package org.longpo.tiny.village;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.longpo.pairs.InstructionPrompt;
import org.longpo.pairs.UserMessage;
import org.longpo.text.Prompts;
import org.longpo.text.TokenSpans;
import org.longpo.text.Tokenizer;
import org.longpo.tiny.Lesson;
import org.longpo.tiny.LessonDraft;
import org.longpo.tiny.LessonSequences;
import org.longpo.tiny.LessonSource;
import org.longpo.tiny.RandomCopies;

/**
 * What the village's model learns from: passages with questions of all kinds, asked as they are in
 * pairs, and tasks written about them; skills without a text; plain text; and copies.
 */
public final class VillageLessons implements LessonSource {
  /** The shortest lessons are about questions that one sentence answers. */
  private static final Set<String> JUDGED = Set.of("code", "home", "job", "age");

  private static final int QUESTIONS = 18;
  private static final int TASKS = 4;
  private static final int SKILLS = 16;

  /** Distinct tokens of a lesson, about. */
  private static final int TOKENS = 1400;

  private static final int SAMPLED_TEXTS = 300;

  private final long seed;
  private final Tokenizer tokenizer;
  private final Prompts prompts;
  private final LessonSequences written;
  private final RandomCopies copies;

  public VillageLessons(long seed, Tokenizer tokenizer, Prompts prompts) {
    this.seed = seed;
    this.tokenizer = tokenizer;
    this.prompts = prompts;
    written = new LessonSequences(tokenizer, prompts);
    copies = new RandomCopies(written.begin(), textTokens());
  }

  private int[] textTokens() {
    Random random = new Random(seed);
    BitSet used = new BitSet();
    for (int i = 0; i < SAMPLED_TEXTS; i++) {
      IntStream.of(tokenizer.encodeText(VillageText.mixed(20, random).text())).forEach(used::set);
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

  @Override
  public Lesson passages(int step, int length) {
    Random random = random(step);
    Draft draft = new Draft();
    draft.addSkills(random);
    while (draft.lesson.tokens() < TOKENS) {
      double kind = random.nextDouble();
      if (kind < 0.08) {
        draft.lesson.add(copies.drawOfSome(random));
      } else if (kind < 0.12) {
        draft.addText(random, length);
      } else {
        draft.addPassage(random, length);
      }
    }
    return draft.lesson.finish();
  }

  private Random random(int step) {
    return new Random(seed * 1_000_003 + step);
  }

  private final class Draft {
    private final LessonDraft lesson = new LessonDraft();

    void addText(Random random, int length) {
      String text = VillageText.mixed(1 + length / VillageText.TOKENS_PER_SENTENCE, random).text();
      lesson.add(written.text(text, length));
    }

    void addSkills(Random random) {
      for (int i = 0; i < SKILLS; i++) {
        Question task = Words.pick(ShortSkills.ALL, random).draw(random);
        lesson.add(written.answered(task.text(), task.answer()));
      }
    }

    void addPassage(Random random, int length) {
      int most = random.nextInt(4) == 0 ? length / 2 + random.nextInt(length / 2) : length;
      for (int sentences = most / VillageText.TOKENS_PER_SENTENCE; sentences > 0; sentences--) {
        Passage passage = VillageText.mixed(sentences, random);
        List<Branch> branches = branches(passage, random);
        int longest = branches.stream().mapToInt(one -> one.sequence.length).max().orElse(0);
        if (!branches.isEmpty() && longest <= most) {
          add(passage, branches);
          return;
        }
      }
    }

    private void add(Passage passage, List<Branch> branches) {
      int text = prompts.of(UserMessage.of(passage.text(), "")).length();
      for (Branch branch : branches) {
        branch.judged.ifPresent(span -> lesson.judgeNext(span.start(), span.end()));
        // The text is learned once, questions where the model has to write them.
        int learnFrom = branch == branches.getFirst() ? 1 : branch.answerStart;
        lesson.addBranch(new Lesson.Sequence(branch.sequence, learnFrom));
        lesson.addTokens(branch.sequence.length - text);
      }
      lesson.addTokens(text);
    }
  }

  private List<Branch> branches(Passage passage, Random random) {
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < QUESTIONS + TASKS; i++) {
      QuestionKind kind = Words.pick(QuestionKinds.ALL, random);
      Optional<Question> asked = kind.ask(passage.facts(), random);
      if (asked.isEmpty()) {
        continue;
      }
      Question question = asked.get();
      if (i < QUESTIONS) {
        Branch branch = branch(UserMessage.of(passage.text(), question.text()), question);
        branches.add(JUDGED.contains(kind.id()) ? branch.judgedBy(span(branch, question)) : branch);
      } else {
        branches.add(branch(task(passage), "1. " + question.text()));
      }
    }
    return branches;
  }

  private static String task(Passage passage) {
    return InstructionPrompt.of(passage.text(), 1);
  }

  /** Tokens [start, end). */
  private record Span(int start, int end) {}

  /** A prompt with its answer, and what of it is judged. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Branch(int[] sequence, int answerStart, Optional<Span> judged) {
    Branch judgedBy(Span span) {
      return new Branch(sequence, answerStart, Optional.of(span));
    }
  }

  /** The tokens that say the reference: wordings differ. */
  private Span span(Branch branch, Question question) {
    String reference = question.references().getFirst();
    int from = question.answer().indexOf(reference);
    TokenSpans spans = prompts.encode(question.answer());
    int first = 0;
    while (spans.ends()[first] <= from) {
      first++;
    }
    int last = first;
    while (last < spans.tokens().length && spans.starts()[last] < from + reference.length()) {
      last++;
    }
    return new Span(branch.answerStart + first, branch.answerStart + last);
  }

  private Branch branch(String message, Question question) {
    return branch(message, question.answer());
  }

  private Branch branch(String message, String answer) {
    Lesson.Sequence answered = written.answered(message, answer);
    return new Branch(answered.tokens(), answered.learnFrom(), Optional.empty());
  }
}
