package org.longpo.tiny.village.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Password;
import org.longpo.tiny.village.Statement.SamePassword;
import org.longpo.tiny.village.Village;
import org.longpo.tiny.village.Words;

/** All who share a password, each having it from the one before: RULER's variable tracking. */
public record PasswordsQuestion() implements QuestionKind {
  private static final int FEWEST = 2;
  private static final int MOST = 4;

  @Override
  public String id() {
    return "passwords";
  }

  @Override
  public String subject() {
    return "All who share a password";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    List<Statement> chain = new ArrayList<>();
    String person = village.person();
    chain.add(new Password(person, village.password()));
    int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
    for (int i = 1; i < count; i++) {
      String next = village.person();
      chain.add(new SamePassword(next, person));
      person = next;
    }
    return chain;
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    return facts
        .any(Password.class, random)
        .map(
            password -> {
              List<String> people = chain(facts, password.person());
              return Question.of(
                  List.of("Who has the password %s?".formatted(password.word())),
                  List.of("It is the password of %s.".formatted(Words.enumeration(people))),
                  people,
                  random);
            });
  }

  private static List<String> chain(Facts facts, String first) {
    List<String> people = new ArrayList<>();
    Optional<String> person = Optional.of(first);
    while (person.isPresent()) {
      String last = person.get();
      people.add(last);
      person =
          facts
              .first(SamePassword.class, same -> same.before().equals(last))
              .map(SamePassword::person);
    }
    return people;
  }
}
