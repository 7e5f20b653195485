package org.longpo.evaluation.tasks.judged;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.longpo.error.UserError;
import org.longpo.evaluation.AnsweredQuestion;
import org.longpo.evaluation.ItemResult;
import org.longpo.files.Json;
import org.longpo.files.ResumableLog;
import org.longpo.files.Sha256;

/**
 * The answers of another model to the same questions, from the log of its evaluation.
 *
 * @param sha256 of the answers that are compared with
 * @param answers to each question, those of all its turns
 */
record OtherAnswers(String sha256, List<List<String>> answers) {
  /**
   * Reads a task's log.
   *
   * @param run the folder of the other model's evaluation
   * @throws UserError if it has no log of the task, lacks an answer, or has other questions
   */
  static OtherAnswers read(Path run, String task, List<JudgedQuestion> questions) {
    Path log = run.resolve(task + ".jsonl");
    if (!Files.isRegularFile(log)) {
      throw new UserError(
          "--judge-against %s has no %s; evaluate the other model into it with --tasks %s."
              .formatted(run, log.getFileName(), task));
    }
    List<List<String>> answers = new ArrayList<>();
    ResumableLog.readEntries(
        log,
        (line, where) -> {
          if (answers.size() < questions.size()) {
            answers.add(
                answers(
                    Json.parse(line, ItemResult.class, where),
                    questions.get(answers.size()),
                    where));
          }
        });
    if (answers.size() < questions.size()) {
      throw new UserError(
          "%s has answers to %,d of %,d questions; finish that evaluation first, or give a --limit."
              .formatted(log, answers.size(), questions.size()));
    }
    return new OtherAnswers(
        Sha256.of(Json.line(answers).getBytes(StandardCharsets.UTF_8)), answers);
  }

  private static List<String> answers(ItemResult result, JudgedQuestion question, String where) {
    List<AnsweredQuestion> answered =
        result.samples().stream().flatMap(sample -> sample.answer().stream()).toList();
    if (!answered.stream().map(AnsweredQuestion::question).toList().equals(question.turns())) {
      throw new UserError(
          ("%s answers another question than the one in its place here, \"%s\"; both evaluations need"
                  + " the same files in --data.")
              .formatted(where, question.turns().getFirst()));
    }
    return answered.stream().map(AnsweredQuestion::answer).toList();
  }

  /** The answers to a question, those of all its turns. */
  List<String> of(int question) {
    return answers.get(question);
  }
}
