package org.longpo.tiny.village;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.longpo.error.UserError;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Seeds;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.TaskPlan;
import org.longpo.pairs.UserMessage;
import org.longpo.text.Prompt;

/**
 * Questions of a kind about texts of any length, put as pairs put them. As in RULER, a length is
 * that of the complete prompt and of the answer's most tokens, and a score the share of the
 * references that are found in the answer.
 */
final class TextTask extends VillageTask {
  private static final int LEAST_TOKENS_PER_SENTENCE = 4;

  private static final int FURTHER_TRIES = 8;

  private final QuestionKind kind;
  private final Surroundings surroundings;
  private final TaskInfo info;

  /** What stands around the sentences that are asked about. */
  enum Surroundings {
    /** Other statements of all kinds, so that there is much to confuse. */
    STATEMENTS("", 0.6),
    /** Only sentences that tell nothing that is ever asked. */
    FILLER("-alone", 0);

    private final String suffix;
    private final double shareOfStatements;

    Surroundings(String suffix, double shareOfStatements) {
      this.suffix = suffix;
      this.shareOfStatements = shareOfStatements;
    }
  }

  TextTask(QuestionKind kind, Surroundings surroundings) {
    this.kind = kind;
    this.surroundings = surroundings;
    String id = kind.id() + surroundings.suffix;
    info =
        new TaskInfo(
            "village-" + id,
            /* version= */ 1,
            "Village: " + kind.subject() + (surroundings == Surroundings.FILLER ? ", alone" : ""),
            "References found in the answer",
            TaskInfo.Context.LONG,
            new TaskInfo.Units("questions", "texts"),
            metrics("references found"));
  }

  @Override
  public TaskInfo info() {
    return info;
  }

  @Override
  public List<String> groups() {
    return List.of(GROUP, "village-texts");
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return settings.haystacks().lengths().isEmpty()
        ? Optional.of("context lengths (--lengths)")
        : Optional.empty();
  }

  @Override
  public TaskPlan plan(
      EvaluationInputs inputs, EvaluationSettings settings, VillageOptions options) {
    Map<String, Object> values = new TreeMap<>(settings.questionValues());
    values.put(EvaluationSettings.LENGTHS, settings.haystacks().lengths());
    return new TaskPlan(
        Map.of(),
        values,
        context -> {
          List<TaskItem> items = new ArrayList<>();
          for (int length : settings.haystacks().lengths()) {
            for (int i = 0; i < settings.limited(options.questions()); i++) {
              items.add(item(context, settings, length, i));
            }
          }
          return items;
        });
  }

  private TaskItem item(TaskContext context, EvaluationSettings settings, int length, int index) {
    Supplier<Asked> make = () -> fill(context, settings, length, index);
    return new TaskItem(
        length,
        index,
        length,
        () -> requireNonNull(make.get()),
        asking(make, settings.answerTokens(), length, index));
  }

  /** The text of most sentences with which the prompt leaves room for the answer. */
  private Asked fill(TaskContext context, EvaluationSettings settings, int length, int index) {
    long seed = Seeds.random(settings.seed(), info.id(), length, index).nextLong();
    int most = length - settings.answerTokens();
    int fits = 0;
    int tooMany = 1 + length / LEAST_TOKENS_PER_SENTENCE;
    int sentences = length / VillageText.TOKENS_PER_SENTENCE;
    Optional<Asked> best = Optional.empty();
    while (tooMany - fits > 1) {
      Optional<Asked> tried = asked(context, seed, length, sentences);
      if (tried.isPresent() && tried.get().prompt().length() > most) {
        tooMany = sentences;
      } else {
        fits = sentences;
        best = longer(best, tried);
      }
      sentences = (fits + tooMany) / 2;
    }
    // Texts of more sentences are not always longer: others are drawn.
    for (int more = 1; more <= FURTHER_TRIES; more++) {
      Optional<Asked> tried = asked(context, seed, length, fits + more);
      best = longer(best, tried.filter(asked -> asked.prompt().length() <= most));
    }
    return best.orElseThrow(
        () ->
            new UserError(
                ("A context of %,d tokens is too short for %s, of which an answer may take %,d; give"
                        + " a greater length.")
                    .formatted(length, info.id(), settings.answerTokens())));
  }

  private static Optional<Asked> longer(Optional<Asked> one, Optional<Asked> other) {
    return Stream.of(one, other)
        .flatMap(Optional::stream)
        .max(Comparator.comparingInt(asked -> asked.prompt().length()));
  }

  /** Empty where a text of so few sentences does not hold what is asked about. */
  private Optional<Asked> asked(TaskContext context, long seed, int length, int sentences) {
    // The same statements for every number of sentences.
    Random random = new Random(seed);
    Village village = new Village(random);
    List<Statement> told = kind.told(village, length / VillageText.TOKENS_PER_SENTENCE, random);
    Question question = kind.ask(new Facts(told), random).orElseThrow();
    if (told.size() > sentences) {
      return Optional.empty();
    }
    Passage passage =
        Passage.write(village, told, sentences, surroundings.shareOfStatements, random);
    Prompt prompt = context.prompts().of(UserMessage.of(passage.text(), question.text()));
    return Optional.of(new Asked(prompt, question));
  }
}
