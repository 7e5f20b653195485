package org.longpo.tiny.village.questions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Sighting;
import org.longpo.tiny.village.Village;
import org.longpo.tiny.village.Words;

/** Which animal is seen most often: RULER's most frequent words. */
public record AnimalsQuestion() implements QuestionKind {
  private static final int KINDS = 3;
  private static final double SHARE_OF_SENTENCES = 0.4;

  @Override
  public String id() {
    return "animals";
  }

  @Override
  public String subject() {
    return "The animal seen most often";
  }

  /** As often as all others together. */
  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    List<String> animals = new ArrayList<>(Words.ANIMALS);
    Collections.shuffle(animals, random);
    int most = Math.max(2, (int) (sentences * SHARE_OF_SENTENCES / 2));
    List<Statement> sightings = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      sightings.add(new Sighting(animals.getFirst()));
      // No other one as often.
      if (i > 0) {
        sightings.add(new Sighting(animals.get(1 + i % KINDS)));
      }
    }
    Collections.shuffle(sightings, random);
    return sightings;
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    Map<String, Integer> counts = new HashMap<>();
    facts.all(Sighting.class).forEach(seen -> counts.merge(seen.animal(), 1, Integer::sum));
    int most = counts.values().stream().max(Integer::compare).orElse(0);
    List<String> animals =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() == most)
            .map(Map.Entry::getKey)
            .toList();
    return animals.size() != 1
        ? Optional.empty()
        : Optional.of(
            Question.of(
                List.of("Which animal was seen most often?"),
                List.of("The %s was seen most often.".formatted(animals.getFirst())),
                animals,
                random));
  }
}
