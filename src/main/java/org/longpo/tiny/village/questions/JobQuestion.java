package org.longpo.tiny.village.questions;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Job;
import org.longpo.tiny.village.Village;

/** What somebody works as. */
public record JobQuestion() implements QuestionKind {
  @Override
  public String id() {
    return "job";
  }

  @Override
  public String subject() {
    return "What somebody works as";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    return List.of(new Job(village.person(), village.job()));
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    return facts
        .any(Job.class, random)
        .map(
            job ->
                Question.of(
                    List.of(
                        "What does %s work as?".formatted(job.person()),
                        "What is the job of %s?".formatted(job.person())),
                    job.wordings(),
                    List.of(job.job()),
                    random));
  }
}
