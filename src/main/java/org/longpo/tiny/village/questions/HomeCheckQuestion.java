package org.longpo.tiny.village.questions;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Home;
import org.longpo.tiny.village.Village;

/** Whether somebody lives in a town: yes or no, and where. */
public record HomeCheckQuestion() implements QuestionKind {
  @Override
  public String id() {
    return "home-check";
  }

  @Override
  public String subject() {
    return "Whether somebody lives in a town";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    return List.of(
        new Home(village.person(), village.town()), new Home(village.person(), village.town()));
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    Optional<Home> asked = facts.any(Home.class, random);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Home home = asked.get();
    String town =
        random.nextBoolean() ? home.town() : facts.any(Home.class, random).orElseThrow().town();
    String verdict = town.equals(home.town()) ? "Yes" : "No";
    return Optional.of(
        Question.of(
            List.of("Does %s live in %s?".formatted(home.person(), town)),
            List.of("%s, %s lives in %s.".formatted(verdict, home.person(), home.town())),
            List.of(verdict + ","),
            random));
  }
}
