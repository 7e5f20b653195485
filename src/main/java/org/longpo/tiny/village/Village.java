package org.longpo.tiny.village;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longpo.error.UserError;

/**
 * What is true in one text: who and what has been named. Whoever is drawn with {@link #person()} or
 * {@link #town()} is named for the first time, and {@link #anything()} never tells more about them,
 * so that an answer about them is right in the whole text.
 */
public final class Village {
  private static final int LEAST_AGE = 10;
  private static final int AGES = 90;
  private static final int KINDS_OF_ANYTHING = 7;
  private static final double NEW_NAME = 0.5;

  /** Fewer than there are names and codes, so that some are left to draw. */
  private static final int MOST_OTHERS = 200;

  private static final int MOST_OTHER_TOWNS = 60;

  /** So often something else is drawn before a long text repeats itself. */
  private static final int TRIES = 100;

  /** So often another name is drawn before there is taken to be none. */
  private static final int TRIES_FOR_NAME = 100_000;

  private final Random random;
  private final Set<String> named = new HashSet<>();
  private final Map<String, String> crops = new HashMap<>();
  private final List<String> others = new ArrayList<>();
  private final List<String> otherTowns = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private final List<Integer> kindsOfAnything;

  public Village(Random random) {
    this(random, KINDS_OF_ANYTHING);
  }

  /**
   * @param kinds of statements that are told about others, drawn: where many are of one kind, a
   *     question of that kind can only be answered by whom it is about
   */
  Village(Random random, int kinds) {
    this.random = random;
    List<Integer> all =
        IntStream.range(0, KINDS_OF_ANYTHING)
            .boxed()
            .collect(Collectors.toCollection(ArrayList::new));
    if (kinds < KINDS_OF_ANYTHING) {
      Collections.shuffle(all, random);
    }
    kindsOfAnything = List.copyOf(all.subList(0, kinds));
  }

  /** Somebody who has not been named. */
  public String person() {
    return unnamed(() -> Words.pick(Words.PEOPLE, random));
  }

  /** A town that has not been named. */
  public String town() {
    return unnamed(() -> Words.pick(Words.TOWNS, random));
  }

  public String code() {
    return unnamed(() -> Words.pick(Words.CODES, random));
  }

  /** A password that has not been named. */
  public String password() {
    return unnamed(() -> Words.pick(Words.PASSWORDS, random));
  }

  public int age() {
    return LEAST_AGE + random.nextInt(AGES);
  }

  public String job() {
    return Words.pick(Words.JOBS, random);
  }

  public String thing() {
    return Words.pick(Words.THINGS, random);
  }

  /** What is grown in a town: always the same. */
  public String crop(String town) {
    return crops.computeIfAbsent(town, key -> Words.pick(Words.CROPS, random));
  }

  /** True about the village and unimportant: about others than those of {@link #person()}. */
  public Statement anything() {
    for (int i = 0; i < TRIES; i++) {
      Statement statement = draw();
      // Once about the same, or there would be two homes.
      if (told.add(subject(statement))) {
        return statement;
      }
    }
    return new Statement.Thing(other(), thing());
  }

  private Statement draw() {
    return switch (Words.pick(kindsOfAnything, random)) {
      case 0 -> new Statement.Code(other(), code());
      case 1 -> new Statement.Home(other(), otherTown());
      case 2 -> new Statement.Job(other(), job());
      case 3 -> new Statement.Age(other(), age());
      case 4 -> new Statement.Thing(other(), thing());
      case 5 -> friend(other());
      default -> {
        String town = otherTown();
        yield new Statement.Crop(town, crop(town));
      }
    };
  }

  private Statement friend(String person) {
    String friend = other();
    while (friend.equals(person)) {
      friend = other();
    }
    return new Statement.Friend(person, friend);
  }

  private static String subject(Statement statement) {
    return switch (statement) {
      case Statement.Code code -> "code " + code.person();
      case Statement.Home home -> "home " + home.person();
      case Statement.Job job -> "job " + job.person();
      case Statement.Age age -> "age " + age.person();
      case Statement.Thing thing -> "thing " + thing.person() + thing.thing();
      case Statement.Friend friend -> "friend " + friend.person();
      case Statement.Crop crop -> "crop " + crop.town();
      case Statement.Password password -> "password " + password.person();
      case Statement.SamePassword password -> "password " + password.person();
      case Statement.Sighting sighting -> "animal " + sighting.animal();
    };
  }

  private String other() {
    return known(others, MOST_OTHERS, this::person);
  }

  private String otherTown() {
    return known(otherTowns, MOST_OTHER_TOWNS, this::town);
  }

  private String known(List<String> list, int most, Supplier<String> another) {
    if (list.isEmpty() || (list.size() < most && random.nextDouble() < NEW_NAME)) {
      list.add(another.get());
      return list.getLast();
    }
    return Words.pick(list, random);
  }

  private String unnamed(Supplier<String> draw) {
    for (int i = 0; i < TRIES_FOR_NAME; i++) {
      String drawn = draw.get();
      if (named.add(drawn)) {
        return drawn;
      }
    }
    throw new UserError(
        "A text of the village cannot be so long: after %,d names none is left; give a smaller length (--document-tokens)."
            .formatted(named.size()));
  }
}
