package org.longpo.tiny.village.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Home;
import org.longpo.tiny.village.Village;
import org.longpo.tiny.village.Words;

/** All who live in a town, in the order of the text: from a value back to its keys. */
public record ResidentsQuestion() implements QuestionKind {
  private static final int MOST = 3;

  @Override
  public String id() {
    return "residents";
  }

  @Override
  public String subject() {
    return "All who live in a town";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    String town = village.town();
    List<Statement> homes = new ArrayList<>();
    int count = 1 + random.nextInt(MOST);
    for (int i = 0; i < count; i++) {
      homes.add(new Home(village.person(), town));
    }
    return homes;
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    return facts
        .any(Home.class, random)
        .map(
            home -> {
              String town = home.town();
              List<String> people =
                  facts.all(Home.class).stream()
                      .filter(one -> one.town().equals(town))
                      .map(Home::person)
                      .toList();
              return Question.of(
                  List.of("Who lives in %s?".formatted(town)),
                  List.of("In %s lives %s.".formatted(town, Words.enumeration(people))),
                  people,
                  random);
            });
  }
}
