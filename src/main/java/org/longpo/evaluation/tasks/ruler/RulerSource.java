package org.longpo.evaluation.tasks.ruler;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.longpo.evaluation.EvaluationInputs;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.tasks.HaystackInputs;
import org.longpo.evaluation.tasks.ruler.NeedleRecipe.Haystack;
import org.longpo.evaluation.tasks.ruler.NeedleRecipe.Needles;
import org.longpo.files.Utf8File;

/** What the samples of a task are made of. */
sealed interface RulerSource {
  /** As {@link org.longpo.evaluation.Task#data}. */
  String data();

  /** As {@link org.longpo.evaluation.Task#missing}. */
  Optional<String> missing(EvaluationInputs inputs);

  /**
   * Reads what is needed.
   *
   * @throws org.longpo.error.UserError naming file and place if one is not as it must be
   */
  Opened open(EvaluationInputs inputs);

  /**
   * @param inputs SHA-256 of what was read, by name
   * @param settings what else decides the samples
   */
  record Opened(
      Map<String, String> inputs,
      Map<String, Object> settings,
      Function<TaskContext, Recipe> recipe) {
    private static Opened withWords(
        RulerWords words, Map<String, String> inputs, Function<TaskContext, Recipe> recipe) {
      Map<String, String> all = new TreeMap<>(inputs);
      words.sha256().forEach((name, hash) -> all.put("words (" + name + ")", hash));
      return new Opened(all, Map.of("words", words.source()), recipe);
    }
  }

  /** Of needles in a haystack. */
  record OfNeedles(Haystack haystack, Needles needles) implements RulerSource {
    @Override
    public String data() {
      return haystack == Haystack.ESSAY ? "generated in the texts of --documents" : "generated";
    }

    @Override
    public Optional<String> missing(EvaluationInputs inputs) {
      return haystack == Haystack.ESSAY && inputs.haystack().isEmpty()
          ? Optional.of("haystack texts (--documents)")
          : Optional.empty();
    }

    @Override
    public Opened open(EvaluationInputs inputs) {
      Map<String, String> texts =
          haystack == Haystack.ESSAY
              ? Map.of(HaystackInputs.TEXTS, inputs.haystackSha256())
              : Map.of();
      boolean spoken = needles.key() == NeedleName.WORDS || needles.value() == NeedleName.WORDS;
      RulerWords words = spoken ? RulerWords.of(inputs.data()) : RulerWords.MADE_UP;
      Function<TaskContext, Recipe> recipe =
          context ->
              new NeedleRecipe(needles, haystack, words, Essay.of(inputs.haystack(), context));
      return spoken ? Opened.withWords(words, texts, recipe) : new Opened(texts, Map.of(), recipe);
    }
  }

  /** Of lists of words. */
  record OfWords() implements RulerSource {
    @Override
    public String data() {
      return "generated";
    }

    @Override
    public Optional<String> missing(EvaluationInputs inputs) {
      return Optional.empty();
    }

    @Override
    public Opened open(EvaluationInputs inputs) {
      RulerWords words = RulerWords.of(inputs.data());
      return Opened.withWords(words, Map.of(), context -> new CommonWordRecipe(words));
    }
  }

  /** Of nothing that a user gives. */
  record OfNothing(Recipe recipe) implements RulerSource {
    @Override
    public String data() {
      return "generated";
    }

    @Override
    public Optional<String> missing(EvaluationInputs inputs) {
      return Optional.empty();
    }

    @Override
    public Opened open(EvaluationInputs inputs) {
      return new Opened(Map.of(), Map.of(), context -> recipe);
    }
  }

  /**
   * Of a file of questions and documents.
   *
   * @param file its name, and another one that it may have
   */
  record OfQuestions(QuestionSet.Format format, String file, String otherFile)
      implements RulerSource {
    @Override
    public String data() {
      return file + " or " + otherFile + " in --data";
    }

    @Override
    public Optional<String> missing(EvaluationInputs inputs) {
      return path(inputs).isPresent()
          ? Optional.empty()
          : Optional.of("its questions (%s or %s in --data DIR)".formatted(file, otherFile));
    }

    @Override
    public Opened open(EvaluationInputs inputs) {
      Path path = path(inputs).orElseThrow();
      Utf8File read = Utf8File.read(path);
      // Files are larger than they look: what is read is not kept for longer than needed.
      QuestionSet set = QuestionSet.read(read.text(), format, path.toString());
      return new Opened(
          Map.of("questions", read.sha256()), Map.of(), context -> new QuestionRecipe(set));
    }

    private Optional<Path> path(EvaluationInputs inputs) {
      return inputs.data().find(file, otherFile, "ruler/" + file, "ruler/" + otherFile);
    }
  }
}
