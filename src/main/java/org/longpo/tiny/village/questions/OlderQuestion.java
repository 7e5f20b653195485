package org.longpo.tiny.village.questions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Age;
import org.longpo.tiny.village.Village;

/** Which of two people is older: a comparison, with what is compared before it. */
public record OlderQuestion() implements QuestionKind {
  @Override
  public String id() {
    return "older";
  }

  @Override
  public String subject() {
    return "Which of two people is older";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    int one = village.age();
    int other = village.age();
    while (other == one) {
      other = village.age();
    }
    return List.of(new Age(village.person(), one), new Age(village.person(), other));
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    List<Age> ages = new ArrayList<>(facts.all(Age.class));
    Collections.shuffle(ages, random);
    if (ages.size() < 2 || ages.getFirst().years() == ages.get(1).years()) {
      return Optional.empty();
    }
    Age one = ages.getFirst();
    Age other = ages.get(1);
    Age older = one.years() > other.years() ? one : other;
    return Optional.of(
        Question.of(
            List.of("Who is older, %s or %s?".formatted(one.person(), other.person())),
            List.of(
                "%s is %d and %s is %d, so %s is older."
                    .formatted(
                        one.person(), one.years(), other.person(), other.years(), older.person())),
            List.of("so %s is older".formatted(older.person())),
            random));
  }
}
