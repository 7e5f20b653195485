package org.longpo.tiny.village.questions;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Age;
import org.longpo.tiny.village.Village;

/** How old somebody is. */
public record AgeQuestion() implements QuestionKind {
  @Override
  public String id() {
    return "age";
  }

  @Override
  public String subject() {
    return "How old somebody is";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    return List.of(new Age(village.person(), village.age()));
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    return facts
        .any(Age.class, random)
        .map(
            age ->
                Question.of(
                    List.of(
                        "How old is %s?".formatted(age.person()),
                        "What is the age of %s?".formatted(age.person())),
                    age.wordings(),
                    List.of(Integer.toString(age.years())),
                    random));
  }
}
