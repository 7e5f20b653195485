package org.longpo.tiny.village.questions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Thing;
import org.longpo.tiny.village.Village;
import org.longpo.tiny.village.Words;

/** All that somebody owns, in the order of the text: RULER's needles with several values. */
public record ThingsQuestion() implements QuestionKind {
  private static final int MOST = 4;

  @Override
  public String id() {
    return "things";
  }

  @Override
  public String subject() {
    return "All that somebody owns";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    return owned(village, 2 + random.nextInt(MOST - 1));
  }

  /** Different things of one person. */
  static List<Statement> owned(Village village, int count) {
    String person = village.person();
    Set<Statement> things = new LinkedHashSet<>();
    while (things.size() < count) {
      things.add(new Thing(person, village.thing()));
    }
    return new ArrayList<>(things);
  }

  /** What one person owns, drawn from the people who own something. */
  static List<Thing> ofSomebody(Facts facts, Random random) {
    List<String> people = facts.all(Thing.class).stream().map(Thing::person).distinct().toList();
    if (people.isEmpty()) {
      return List.of();
    }
    String person = Words.pick(people, random);
    return facts.all(Thing.class).stream().filter(thing -> thing.person().equals(person)).toList();
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    List<Thing> things = ofSomebody(facts, random);
    if (things.isEmpty()) {
      return Optional.empty();
    }
    String person = things.getFirst().person();
    return Optional.of(
        Question.of(
            List.of("What does %s own?".formatted(person)),
            List.of(
                "%s owns a %s."
                    .formatted(
                        person, Words.enumeration(things.stream().map(Thing::thing).toList()))),
            things.stream().map(Thing::thing).toList(),
            random));
  }
}
