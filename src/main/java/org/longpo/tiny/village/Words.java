package org.longpo.tiny.village;

import java.util.List;
import java.util.Random;

/**
 * The words of the village. Every one is a token; none begins with a vowel where "a" stands before
 * it, and within a list none is a part of another, so that an answer is never right by accident.
 */
public final class Words {
  public static final List<String> PEOPLE =
      joined(
          """
          Al Bar Ces Dan Ed Fal Gis Hel Im Jas Kon Lam Mor Nel Ov Pas Quil Ran Sig Tor Ur Ven \
          Wal Xan Yor Zel Bru Cla Dre Fri""",
          """
          bert das dine fred gard hild kin lind lio mar nor phy rik ris sten ton vig wen yas zo""");

  public static final List<String> TOWNS =
      joined(
          "Ald Bren Cald Dun Fern Garth Har Ingle Lark Mel Nor Ox",
          "ford ham ton wick ley bury dale mere stow gate");

  public static final List<String> CODES =
      joined(
          "ba ko ri mu te zo la vi ne du pa sho gre fly tu wo",
          "bax dol fim gup hes jin kam lor mev nop quil rast sif tuz vok wen");

  public static final List<String> JOBS =
      words(
          """
          baker tailor weaver cobbler potter mason carpenter barber butcher ferryman glazier \
          hunter locksmith merchant nurse porter roofer saddler tanner watchman brewer cook \
          farmer sailor""");

  public static final List<String> THINGS =
      words(
          """
          lamp kettle book drum ladder mirror basket violin carpet barrel compass hammer \
          wagon bottle candle curtain flute globe kite medal needle pillow ribbon saw \
          teapot vase whistle blanket chair desk fiddle gong helmet jug lantern mug net \
          rope shovel trumpet""");

  public static final List<String> CROPS =
      words(
          """
          plums cherries beans onions carrots pears hops barley turnips peas melons grapes \
          pumpkins radishes walnuts figs""");

  public static final List<String> PASSWORDS =
      words(
          """
          amber silver copper marble velvet thunder winter meadow feather shadow river pepper \
          ginger purple golden crystal""");

  public static final List<String> ANIMALS =
      words("goat horse duck cow fox rabbit hedgehog donkey sheep badger");

  private Words() {}

  public static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  /** "a, b and c". */
  public static String enumeration(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.getFirst()
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  /** Every beginning with every end. */
  private static List<String> joined(String beginnings, String ends) {
    return words(beginnings).stream()
        .flatMap(beginning -> words(ends).stream().map(end -> beginning + end))
        .toList();
  }

  private static List<String> words(String text) {
    return List.of(text.split("\\s+"));
  }
}
