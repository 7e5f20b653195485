package org.longpo.tiny;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.longpo.evaluation.tasks.Needle;

/**
 * Writes the world's text from a seed: sentences about people and places, and facts among them.
 * Every fact is about a name of its own.
 */
public final class WorldWriter {
  /** The first is the one that {@code evaluation} hides in haystacks. */
  private static final List<String> ATTRIBUTES =
      List.of(
          "access code",
          "badge number",
          "box number",
          "cabin number",
          "card number",
          "invoice number",
          "licence number",
          "locker number",
          "order number",
          "parcel number",
          "permit number",
          "phone number",
          "room number",
          "seat number",
          "table number",
          "ticket number");

  private static final List<String> TIMES =
      List.of(
          "In the morning",
          "After lunch",
          "Late in the evening",
          "On market day",
          "That winter",
          "Before dawn",
          "On the way home",
          "During the storm",
          "At noon",
          "After the feast",
          "One summer",
          "Every Sunday");
  private static final List<String> PEOPLE =
      List.of(
          "the old miller",
          "the young baker",
          "the captain",
          "the clerk",
          "the teacher",
          "the gardener",
          "a traveller",
          "the widow",
          "the doctor",
          "the fisherman",
          "the smith",
          "the shepherd",
          "the judge",
          "a student",
          "the painter",
          "the innkeeper");
  private static final List<String> DEEDS =
      List.of(
          "walked to",
          "looked at",
          "talked about",
          "returned from",
          "waited near",
          "painted",
          "remembered",
          "dreamed of",
          "wrote about",
          "passed by",
          "worked at",
          "left");
  private static final List<String> PLACES =
      List.of(
          "the harbour",
          "the mill",
          "the bridge",
          "the market",
          "the church",
          "the garden",
          "the station",
          "the river",
          "the library",
          "the hill",
          "the school",
          "the orchard",
          "the lighthouse",
          "the castle",
          "the forest",
          "the inn");
  private static final List<String> ENDINGS =
      List.of(
          "with a basket of apples",
          "in the rain",
          "without a word",
          "for an hour",
          "and smiled",
          "as usual",
          "with an old friend",
          "and sang",
          "in a red coat",
          "before the guests came",
          "and thought of home",
          "with a small dog");

  private static final int SENTENCES_PER_PARAGRAPH = 5;

  private final Random random;
  private final Set<String> taken = new HashSet<>();

  public WorldWriter(Random random) {
    this.random = random;
  }

  /** Names may come again from here on: another text begins. */
  void beginText() {
    taken.clear();
  }

  /** A fact with a name of its own. */
  Fact fact() {
    Needle needle = Needle.draw(1, random, taken::contains).getFirst();
    taken.add(needle.key());
    taken.add(needle.value());
    return new Fact(pick(ATTRIBUTES), needle);
  }

  /** A sentence that nobody asks about. */
  public String filler() {
    String deed = pick(PEOPLE) + " " + pick(DEEDS) + " " + pick(PLACES);
    String opening = random.nextBoolean() ? pick(TIMES) + ", " + deed : deed;
    String sentence = random.nextBoolean() ? opening + " " + pick(ENDINGS) : opening;
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
  }

  /** A text of its own, with the facts in it. */
  Passage passage(int sentences, double shareOfFacts) {
    beginText();
    List<Fact> facts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int untilBreak = paragraph();
    for (int i = 0; i < sentences; i++) {
      if (i > 0) {
        text.append(untilBreak == 0 ? "\n\n" : " ");
        untilBreak = untilBreak == 0 ? paragraph() : untilBreak;
      }
      untilBreak--;
      if (random.nextDouble() < shareOfFacts) {
        Fact fact = fact();
        facts.add(fact);
        text.append(fact.statement());
      } else {
        text.append(filler());
      }
    }
    return new Passage(text.toString(), facts);
  }

  /** A document for pairs: rich in facts, so that every chunk has something to ask for. */
  String document(int sentences) {
    return passage(sentences, 0.6).text() + "\n";
  }

  private int paragraph() {
    return 2 + random.nextInt(2 * SENTENCES_PER_PARAGRAPH - 3);
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  /**
   * A text with what it tells.
   *
   * @param facts in the order of the text
   */
  record Passage(String text, List<Fact> facts) {
    Passage {
      facts = List.copyOf(facts);
    }
  }
}
