package org.longpo.tiny.village;

import java.util.List;
import java.util.Random;

/**
 * The words of the village. Every one is a token; none begins with a vowel where "a" stands before
 * it, and within a list none is a part of another, so that an answer is never right by accident.
 */
public final class Words {
  public static final List<String> FIRST_NAMES =
      words(
          """
          Anna Ben Carl Dora Emil Fay Greta Hugo Ida Jack Kate Leo Mona Nils Olga Paul Rosa Sam \
          Tess Ulla Vera Wim Yara Zoe Boris Clara Dirk Edda Felix Gwen Hanna Ivan Jonas Karin \
          Lars Marta Nora Oscar Petra Ralf""");

  public static final List<String> LAST_NAMES =
      words(
          """
          Adler Berg Cole Dahl Ekman Frost Graf Holt Isler Jung Koch Lind Moss Nagel Orth Pohl \
          Quist Reed Stahl Thorn Unger Voss Wolf Yates Zorn Brandt Cross Drew Engel Falk Gross \
          Hahn Jensen Kern Lang Marsh Noble Olsen Pratt Rusk""");

  public static final List<String> TOWN_SIDES = words("Old New Upper Lower East West North South");

  public static final List<String> TOWNS =
      words(
          """
          Alding Brenford Caldby Dunwick Elsham Fernley Garth Harlow Ingleby Kelso Larkhill \
          Melford Norwick Oakham Penrith Ramsey Selby Tarring Ulverton Wexham Yarrow Bexley \
          Corby Denby Epping Foxton Gorley Helmsby Iverton Kirton""");

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

  private static List<String> words(String text) {
    return List.of(text.split("\\s+"));
  }
}
