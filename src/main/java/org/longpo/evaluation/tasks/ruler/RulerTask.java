package org.longpo.evaluation.tasks.ruler;

import java.nio.file.Path;
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
import org.longpo.files.Sha256;
import org.longpo.settings.Option;
import org.longpo.settings.Range;
import org.longpo.settings.Section;

/**
 * A task of RULER (Hsieh et al. 2024, arXiv:2404.06654; github.com/NVIDIA/RULER).
 *
 * <p>Samples fill a length without passing it. As in RULER, the length is of the complete prompt as
 * the model reads it, with chat template and begun answer, and of the tokens that the answer may
 * have ({@code tokens_to_generate}). RULER looks for one size that fits most samples of a length
 * and makes single ones smaller by a step; here every sample fills the length by itself.
 *
 * <p>A length of which a user has RULER's own file is read from there as it is, whatever its
 * prompts' lengths are for this model: {@code ruler/LENGTH/TASK/validation.jsonl} in the folder of
 * benchmarks, or {@code synthetic/LENGTH/data/TASK/validation.jsonl}, as RULER's {@code run.sh}
 * writes it.
 */
public final class RulerTask implements Task<RulerTask.Options> {
  /** Of all tasks of RULER. */
  @Section("Evaluation")
  public record Options(
      @Option(
              name = "ruler_samples",
              defaultValue = "20",
              meaning =
                  "Samples of every RULER task and length, where they are generated; RULER has"
                      + " 500.")
          @Range(from = 1)
          int samples,
      @Option(
              name = "ruler_wording",
              label = "FILE",
              defaultText = "RULER's own words",
              meaning =
                  "Other words for RULER's tasks, for models of another language: a YAML file, see"
                      + " docs/evaluation.md.")
          Optional<Path> wording) {}

  private static final String SUBSET = "validation.jsonl";

  private final TaskInfo info;
  private final String rulerName;
  private final RulerKind kind;
  private final RulerSource source;

  /**
   * @param id our name; RULER's is {@code rulerName}
   * @param name for people
   */
  RulerTask(String id, String rulerName, String name, RulerKind kind, RulerSource source) {
    this.rulerName = rulerName;
    this.kind = kind;
    this.source = source;
    this.info =
        new TaskInfo(
            id,
            /* version= */ 1,
            "RULER: " + name,
            kind.hasAlternatives() ? "Answers with a reference" : "References found in the answer",
            TaskInfo.Context.LONG,
            new TaskInfo.Units("samples", "contexts"),
            List.of(metric(kind)));
  }

  private static Metric metric(RulerKind kind) {
    return kind.hasAlternatives()
        ? Metric.share("string_match_part", "answers with a reference")
        : Metric.share("string_match_all", "references found");
  }

  @Override
  public TaskInfo info() {
    return info;
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public String data() {
    return source.data() + ", or RULER's own files in --data";
  }

  @Override
  public List<String> groups() {
    return kind == RulerKind.NEEDLES
        ? List.of("ruler", "niah", "paper")
        : List.of("ruler", "paper");
  }

  /** Most of the tasks need no input, and all take long. */
  @Override
  public boolean onlyWhenNamed() {
    return true;
  }

  @Override
  public Optional<String> missing(EvaluationInputs inputs, EvaluationSettings settings) {
    if (settings.haystacks().lengths().isEmpty()) {
      return Optional.of("context lengths (--lengths)");
    }
    boolean hasAllFiles =
        settings.haystacks().lengths().stream()
            .allMatch(length -> file(inputs, length).isPresent());
    return hasAllFiles ? Optional.empty() : source.missing(inputs);
  }

  private Optional<Path> file(EvaluationInputs inputs, int length) {
    return inputs
        .data()
        .find(
            "ruler/%d/%s/%s".formatted(length, rulerName, SUBSET),
            "ruler/%d/data/%s/%s".formatted(length, rulerName, SUBSET),
            "synthetic/%d/data/%s/%s".formatted(length, rulerName, SUBSET));
  }

  @Override
  public TaskPlan plan(EvaluationInputs inputs, EvaluationSettings settings, Options options) {
    Map<String, String> read = new TreeMap<>();
    Map<String, Object> values = new TreeMap<>(settings.limitValue());
    values.put(EvaluationSettings.LENGTHS, settings.haystacks().lengths());
    values.put("seed", settings.seed());
    Map<Integer, RulerFile> files = new TreeMap<>();
    for (int length : settings.haystacks().lengths()) {
      file(inputs, length)
          .map(RulerFile::open)
          .ifPresent(
              file -> {
                files.put(length, file);
                read.put("samples of %d tokens".formatted(length), file.sha256());
              });
    }
    Optional<RulerSource.Opened> opened =
        files.keySet().containsAll(settings.haystacks().lengths())
            ? Optional.empty()
            : Optional.of(source.open(inputs));
    opened.ifPresent(
        made -> {
          read.putAll(made.inputs());
          values.putAll(made.settings());
        });
    RulerWording wording = options.wording().map(RulerWording::read).orElse(RulerWording.RULER);
    options.wording().ifPresent(file -> read.put("wording", Sha256.of(file)));
    return new TaskPlan(
        read,
        values,
        context -> {
          RulerItems items =
              new RulerItems(
                  info.id(), info.headline().id(), kind, wording, context.prompts(), settings);
          Optional<Recipe> recipe = opened.map(made -> made.recipe().apply(context));
          return settings.haystacks().lengths().stream()
              .flatMap(
                  length ->
                      files.containsKey(length)
                          ? items.of(files.get(length), length).stream()
                          : items
                              .generated(recipe.orElseThrow(), options.samples(), length)
                              .stream())
              .toList();
        });
  }
}
