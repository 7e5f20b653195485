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

/** Where somebody lives. */
public record HomeQuestion() implements QuestionKind {
  @Override
  public String id() {
    return "home";
  }

  @Override
  public String subject() {
    return "Where somebody lives";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    return List.of(new Home(village.person(), village.town()));
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    return facts
        .any(Home.class, random)
        .map(
            home ->
                Question.of(
                    List.of(
                        "Where does %s live?".formatted(home.person()),
                        "In which town is the home of %s?".formatted(home.person())),
                    home.wordings(),
                    List.of(home.town()),
                    random));
  }
}
