package org.longpo.tiny.village.skills;

import java.util.List;
import java.util.Random;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;
import org.longpo.tiny.village.Words;

/** Texts that the model knows by heart: a line and the one after it. */
public record Verses() implements ShortSkill {
  private record Verse(String line, String next) {}

  private static final List<Verse> ALL =
      List.of(
          new Verse("The river runs down to the sea", "and carries home the boats to me."),
          new Verse(
              "The miller sleeps, the wheel stands still", "the moon comes over yonder hill."),
          new Verse("A candle burns behind the door", "the wind goes home along the shore."),
          new Verse("Three crows sat in the apple tree", "and not a word of thanks gave me."),
          new Verse("When winter comes the wells freeze deep", "and in the barn the horses sleep."),
          new Verse("My brother went to buy some bread", "and brought a golden bird instead."),
          new Verse("The bells have rung, the day is done", "and homeward goes the weary sun."),
          new Verse("Who walks so late across the green", "has never by the day been seen."),
          new Verse("The baker bakes, the singer sings", "the queen is counting all her rings."),
          new Verse("A stone that rolls will gather none", "said mother to her eldest son."),
          new Verse("The ship has left, the quay is bare", "and salt and silence fill the air."),
          new Verse("Give me a coat of green and gold", "and I will dance till I am old."));

  @Override
  public String id() {
    return "verse";
  }

  @Override
  public String subject() {
    return "Verses continued by heart";
  }

  @Override
  public Question draw(Random random) {
    Verse verse = Words.pick(ALL, random);
    return Question.exact("Go on with the verse: %s,".formatted(verse.line()), verse.next());
  }
}
