package org.longpo.tiny.village.questions;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Age;
import org.longpo.tiny.village.Statement.Code;
import org.longpo.tiny.village.Statement.Home;
import org.longpo.tiny.village.Statement.Job;
import org.longpo.tiny.village.Statement.Thing;
import org.longpo.tiny.village.Village;
import org.longpo.tiny.village.Words;

/** Something about somebody: an open question, to which every statement is an answer. */
public record AboutQuestion() implements QuestionKind {
  /** What a statement tells about somebody. */
  private record Trait(String person, String value, Statement statement) {}

  @Override
  public String id() {
    return "about";
  }

  @Override
  public String subject() {
    return "Anything about somebody";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    String person = village.person();
    return List.of(
        new Home(person, village.town()),
        new Job(person, village.job()),
        new Age(person, village.age()));
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    List<Trait> traits = facts.statements().stream().flatMap(fact -> trait(fact).stream()).toList();
    if (traits.isEmpty()) {
      return Optional.empty();
    }
    String person = Words.pick(traits, random).person();
    List<Trait> own = traits.stream().filter(one -> one.person().equals(person)).toList();
    String answer = Words.pick(Words.pick(own, random).statement().wordings(), random);
    return Optional.of(
        new Question(
            Words.pick(
                List.of(
                    "What do you know about %s?".formatted(person),
                    "Tell me something about %s.".formatted(person)),
                random),
            answer,
            own.stream().map(Trait::value).toList(),
            Question.Match.ANY));
  }

  private static Optional<Trait> trait(Statement statement) {
    return Optional.ofNullable(
        switch (statement) {
          case Code code -> new Trait(code.person(), code.code(), code);
          case Home home -> new Trait(home.person(), home.town(), home);
          case Job job -> new Trait(job.person(), job.job(), job);
          case Age age -> new Trait(age.person(), Integer.toString(age.years()), age);
          case Thing thing -> new Trait(thing.person(), thing.thing(), thing);
          default -> null;
        });
  }
}
