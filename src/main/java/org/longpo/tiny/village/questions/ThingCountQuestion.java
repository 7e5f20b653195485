package org.longpo.tiny.village.questions;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Thing;
import org.longpo.tiny.village.Village;
import org.longpo.tiny.village.Words;

/** How many things somebody owns: a count, with what is counted before it. */
public record ThingCountQuestion() implements QuestionKind {
  private static final int MOST = 4;

  @Override
  public String id() {
    return "count";
  }

  @Override
  public String subject() {
    return "How many things somebody owns";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    return ThingsQuestion.owned(village, 1 + random.nextInt(MOST));
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    List<Thing> things = ThingsQuestion.ofSomebody(facts, random);
    if (things.isEmpty()) {
      return Optional.empty();
    }
    String count = "makes " + things.size();
    return Optional.of(
        Question.of(
            List.of("How many things does %s own?".formatted(things.getFirst().person())),
            List.of(
                "A %s, that %s."
                    .formatted(
                        Words.enumeration(things.stream().map(Thing::thing).toList()), count)),
            List.of(count),
            random));
  }
}
