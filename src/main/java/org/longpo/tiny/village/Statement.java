package org.longpo.tiny.village;

import java.util.List;

/** What a sentence of the village's text tells. Every wording tells the same. */
public sealed interface Statement {
  /** Whole sentences, at least one; the value, if there is one, comes after whose it is. */
  List<String> wordings();

  /** A word that is only somebody's. */
  record Code(String person, String code) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of(
          "The code of %s is %s.".formatted(person, code),
          "%s has the code %s.".formatted(person, code));
    }
  }

  /** Where somebody lives. */
  record Home(String person, String town) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of(
          "%s lives in %s.".formatted(person, town),
          "The home of %s is in %s.".formatted(person, town),
          "%s has a house in %s.".formatted(person, town));
    }
  }

  /** What somebody works as. */
  record Job(String person, String job) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of(
          "%s works as a %s.".formatted(person, job),
          "%s is a %s by trade.".formatted(person, job),
          "The work of %s is that of a %s.".formatted(person, job));
    }
  }

  /** How old somebody is, in years of two digits. */
  record Age(String person, int years) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of(
          "%s is %d years old.".formatted(person, years),
          "The age of %s is %d.".formatted(person, years));
    }
  }

  /** One of the things that somebody owns. */
  record Thing(String person, String thing) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of(
          "%s owns a %s.".formatted(person, thing),
          "%s has bought a %s.".formatted(person, thing),
          "%s keeps a %s at home.".formatted(person, thing));
    }
  }

  /** Whom somebody likes best; not the other way round. */
  record Friend(String person, String friend) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of(
          "The best friend of %s is %s.".formatted(person, friend),
          "%s has a best friend called %s.".formatted(person, friend));
    }
  }

  /** What is grown in a town; the same wherever the town is named. */
  record Crop(String town, String crop) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of(
          "The people of %s grow %s.".formatted(town, crop),
          "In %s they grow %s.".formatted(town, crop));
    }
  }

  /** The first owner of a password. */
  record Password(String person, String word) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of("The password of %s is %s.".formatted(person, word));
    }
  }

  /** A further owner of somebody's password, told after that one. */
  record SamePassword(String person, String before) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of("%s has the password of %s.".formatted(person, before));
    }
  }

  /** An animal that somebody saw; the same one is seen again and again. */
  record Sighting(String animal) implements Statement {
    @Override
    public List<String> wordings() {
      return List.of(
          "A %s ran over the road.".formatted(animal),
          "Somebody saw a %s.".formatted(animal),
          "Near the well stood a %s.".formatted(animal));
    }
  }
}
