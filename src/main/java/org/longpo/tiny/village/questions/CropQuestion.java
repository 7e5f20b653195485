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
import org.longpo.tiny.village.Statement.Crop;
import org.longpo.tiny.village.Statement.Home;
import org.longpo.tiny.village.Village;

/** What is grown where somebody lives: two hops, the first of which is said. */
public record CropQuestion() implements QuestionKind {
  @Override
  public String id() {
    return "crop";
  }

  @Override
  public String subject() {
    return "What is grown where somebody lives";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    String town = village.town();
    List<Statement> told =
        new ArrayList<>(
            List.of(new Home(village.person(), town), new Crop(town, village.crop(town))));
    Collections.shuffle(told, random);
    return told;
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    List<Home> homes = new ArrayList<>(facts.all(Home.class));
    Collections.shuffle(homes, random);
    for (Home home : homes) {
      Optional<Crop> crop = facts.first(Crop.class, grown -> grown.town().equals(home.town()));
      if (crop.isPresent()) {
        String grown = crop.get().crop();
        return Optional.of(
            Question.of(
                List.of("What do they grow in the town of %s?".formatted(home.person())),
                List.of(
                    "%s lives in %s, where they grow %s."
                        .formatted(home.person(), home.town(), grown)),
                List.of(grown),
                random));
      }
    }
    return Optional.empty();
  }
}
