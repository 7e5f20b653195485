package org.longpo.evaluation.tasks.judged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.scoring.JudgeRating;
import org.longpo.text.Message;
import org.longpo.text.Prompts;
import org.longpo.text.WhiteSpace;

/**
 * A question of MT-Bench, of one or two turns.
 *
 * @param category its part of the benchmark
 * @param references the reference answers that the judge is given, by turn; fewer than turns where
 *     it is given none
 */
record MtBenchQuestion(Slice category, List<String> turns, List<String> references)
    implements JudgedQuestion {
  private static final int FIRST = 0;
  private static final int SECOND = 1;

  MtBenchQuestion {
    turns = List.copyOf(turns);
    references = List.copyOf(references);
  }

  @Override
  public Optional<Slice> slice() {
    return Optional.of(category);
  }

  @Override
  public Optional<String> reference(int turn) {
    return references.stream().skip(turn).findFirst();
  }

  @Override
  public int tokens(int answerTokens) {
    return turns.stream().mapToInt(turn -> TaskItem.tokensOf(turn) + answerTokens).sum();
  }

  /** As in {@code gen_model_answer.py}: white space around an answer is no part of it. */
  @Override
  public Asked ask(Prompts prompts, List<String> answers, int answerTokens) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      messages.add(Message.user(turns.get(i)));
      messages.add(Message.assistant(WhiteSpace.strip(answers.get(i))));
    }
    messages.add(Message.user(turns.get(answers.size())));
    return new Asked(prompts.of(messages), /* isTruncated= */ false);
  }

  /** As in {@code run_judge_single} of {@code common.py}. */
  @Override
  public JudgeRequest grading(List<String> answers) {
    int turn = answers.size() - 1;
    Map<String, String> values = questions(turn);
    if (turn == FIRST) {
      values.put("answer", WhiteSpace.strip(answers.get(FIRST)));
      return (hasReference(turn) ? FastChatGrading.FIRST_WITH_REFERENCE : FastChatGrading.FIRST)
          .of(values);
    }
    put(values, "answer_%d", answers);
    return (hasReference(turn) ? FastChatGrading.SECOND_WITH_REFERENCE : FastChatGrading.SECOND)
        .of(values);
  }

  @Override
  public OptionalDouble rating(String judgment) {
    return JudgeRating.ofFastChat(judgment);
  }

  /** As in {@code run_judge_pair} of {@code common.py}. */
  @Override
  public JudgeRequest comparison(List<String> answersOfA, List<String> answersOfB) {
    int turn = answersOfA.size() - 1;
    Map<String, String> values = questions(turn);
    if (turn == FIRST) {
      values.put("answer_a", WhiteSpace.strip(answersOfA.get(FIRST)));
      values.put("answer_b", WhiteSpace.strip(answersOfB.get(FIRST)));
      return (hasReference(turn)
              ? FastChatComparison.FIRST_WITH_REFERENCE
              : FastChatComparison.FIRST)
          .of(values);
    }
    put(values, "answer_a_%d", answersOfA);
    put(values, "answer_b_%d", answersOfB);
    return (hasReference(turn)
            ? FastChatComparison.SECOND_WITH_REFERENCE
            : FastChatComparison.SECOND)
        .of(values);
  }

  /** The judge reads the references of all turns up to this one, or none. */
  private boolean hasReference(int turn) {
    return references.size() > turn;
  }

  private Map<String, String> questions(int turn) {
    Map<String, String> values = new HashMap<>();
    if (turn == FIRST) {
      values.put("question", turns.get(FIRST));
    } else {
      values.put("question_1", turns.get(FIRST));
      values.put("question_2", turns.get(SECOND));
    }
    for (int i = 0; i <= turn && hasReference(turn); i++) {
      values.put("ref_answer_" + (i + 1), references.get(i));
    }
    return values;
  }

  private static void put(Map<String, String> values, String name, List<String> answers) {
    for (int i = 0; i < answers.size(); i++) {
      values.put(name.formatted(i + 1), WhiteSpace.strip(answers.get(i)));
    }
  }
}
