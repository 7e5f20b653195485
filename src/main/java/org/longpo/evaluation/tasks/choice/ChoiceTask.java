package org.longpo.evaluation.tasks.choice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.EvaluationSettings;
import org.longpo.evaluation.Metric;
import org.longpo.evaluation.Task;
import org.longpo.evaluation.TaskInfo;
import org.longpo.evaluation.TaskPlan;
import org.longpo.settings.OptionRecords;

/**
 * A benchmark of questions with options. A subclass says where its files are, how a row becomes a
 * question and which scores it has.
 *
 * @param <O> the task's own options
 */
abstract class ChoiceTask<O extends Record & ChoiceTask.Options> implements Task<O> {
  /** Right choices by log-likelihood: {@code acc} of lm-evaluation-harness. */
  static final Metric ACC = Metric.share("acc", "accuracy");

  /** Right choices by log-likelihood per character: its {@code acc_norm}. */
  static final Metric ACC_NORM = Metric.share("acc_norm", "length-normalised accuracy");

  static final TaskInfo.Units UNITS = new TaskInfo.Units("questions", "questions");

  /** What all these tasks have as options. */
  interface Options {
    /** Solved questions before each. */
    int shots();

    /** Whether questions are a user's messages; else all is plain text. */
    boolean chatTemplate();
  }

  private final TaskInfo info;
  private final Class<O> options;
  private final ChoiceLayout layout;

  ChoiceTask(TaskInfo info, Class<O> options, ChoiceLayout layout) {
    this.info = info;
    this.options = options;
    this.layout = layout;
  }

  /**
   * The question of a row.
   *
   * @throws org.longpo.error.UserError that names file, line and field of what is wrong
   */
  abstract ChoiceQuestion question(ChoiceRow row);

  /**
   * The text before the shots, with the white space that ends it; empty for none.
   *
   * @param subject of the subset
   */
  String description(String subject) {
    return "";
  }

  /** The name of the option of {@link Options#shots}. */
  final String shotsOption() {
    return layout.name() + "_shots";
  }

  @Override
  public final TaskInfo info() {
    return info;
  }

  @Override
  public final Class<O> options() {
    return options;
  }

  @Override
  public final Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    return layout.questions(inputs.data()).isPresent()
        ? Optional.empty()
        : Optional.of("its questions (" + layout.described() + " in --data DIR)");
  }

  @Override
  public final String data() {
    return layout.described();
  }

  @Override
  public final int shots() {
    return OptionRecords.of(options, Map.of()).shots();
  }

  @Override
  public final List<String> conditions(O options) {
    return List.of(
        options.shots() == 1 ? "1 shot" : options.shots() + " shots",
        options.chatTemplate() ? "chat template on" : "chat template off");
  }

  @Override
  public List<String> groups() {
    return List.of("short", "paper");
  }

  @Override
  public final TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, O options) {
    ChoiceData data = ChoiceData.read(layout, inputs.data(), options.shots(), shotsOption());
    List<ChoiceItems.Subset> subsets =
        data.subsets().stream().map(subset -> subset(subset, settings)).toList();
    Map<String, Object> values = new TreeMap<>(settings.limitValue());
    values.put("shots_from", data.shotsFrom());
    return new TaskPlan(
        data.sha256(),
        values,
        context -> new ChoiceItems(context, options.chatTemplate(), info).items(subsets));
  }

  private ChoiceItems.Subset subset(ChoiceData.Subset rows, EvaluationSettings settings) {
    return new ChoiceItems.Subset(
        rows.subject(),
        description(rows.subject()),
        rows.shots().stream().map(row -> question(row).right()).toList(),
        rows.questions().stream()
            .limit(settings.limited(rows.questions().size()))
            .map(this::question)
            .toList());
  }
}
