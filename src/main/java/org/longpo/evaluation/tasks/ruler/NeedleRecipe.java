package org.longpo.evaluation.tasks.ruler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * RULER's needles ({@code niah.py}): every key has values, each stated in a sentence of its own,
 * and some keys are asked for. Keys and values are distinct and stand nowhere else in the context,
 * which RULER leaves to chance.
 *
 * @param essay read where the haystack is one
 */
record NeedleRecipe(Needles needles, Haystack haystack, RulerWords words, Essay essay)
    implements Recipe {
  /** In what needles are hidden. */
  enum Haystack {
    /** Lines that are all the same. */
    NOISE,
    /** The sentences of a text. */
    ESSAY,
    /** Lines that state values of other keys. */
    NEEDLES
  }

  /**
   * How many of what is hidden and asked for.
   *
   * @param keys that have values
   * @param valuesPerKey all of them are asked for together
   * @param queries keys that the question asks for
   */
  record Needles(NeedleName key, NeedleName value, int keys, int valuesPerKey, int queries) {}

  /** Depths at which an essay hides a needle: forty from 0 to 100 %, rounded. */
  private static final List<Integer> DEPTH_PERCENTS =
      IntStream.range(0, 40).mapToObj(i -> (int) Math.rint(i * 100 / 39.0)).toList();

  @Override
  public Growing draw(Draw draw) {
    Random random = draw.random("needles");
    Set<String> taken = new HashSet<>();
    List<String> keys = new ArrayList<>();
    List<List<String>> values = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < needles.keys(); i++) {
      keys.add(name(draw, needles.key(), random, taken));
      values.add(new ArrayList<>());
      for (int j = 0; j < needles.valuesPerKey(); j++) {
        values.getLast().add(name(draw, needles.value(), random, taken));
        statements.add(statement(draw, keys.getLast(), values.getLast().getLast()));
      }
    }
    Collections.shuffle(statements, random);
    List<Integer> asked = draw.distinct(needles.queries(), needles.keys(), "queries");
    return new Hidden(
        draw,
        this,
        statements,
        Set.copyOf(taken),
        asked.stream().map(keys::get).toList(),
        asked.stream().flatMap(i -> values.get(i).stream()).toList());
  }

  /** One that neither the essay has nor another name is; from now on taken. */
  private String name(Draw draw, NeedleName kind, Random random, Set<String> taken) {
    String name = kind.draw(random, words, draw.wording());
    while ((haystack == Haystack.ESSAY && essay.contains(name)) || !taken.add(name)) {
      name = kind.draw(random, words, draw.wording());
    }
    return name;
  }

  private String statement(Draw draw, String key, String value) {
    return KindWording.filled(
        draw.wording().haystack().needle(),
        Map.of("type_needle_v", needles.value().plural(), "key", key, "value", value));
  }

  /** "a", "a, and b", "a, b, and c". */
  static String query(List<String> keys) {
    int last = keys.size() - 1;
    return last == 0
        ? keys.getFirst()
        : String.join(", ", keys.subList(0, last)) + ", and " + keys.getLast();
  }

  /**
   * @param taken keys and values that no line of the haystack may have
   * @param asked the keys of the question
   * @param answers all values of these keys
   */
  private record Hidden(
      Draw draw,
      NeedleRecipe recipe,
      List<String> statements,
      Set<String> taken,
      List<String> asked,
      List<String> answers)
      implements Growing {
    /** A needle may stand before the only sentence of an essay, but not beside another one. */
    @Override
    public int smallest() {
      return recipe.haystack() == Haystack.ESSAY ? 1 : statements.size();
    }

    @Override
    public RulerSample sample(int size) {
      NeedleName value = recipe.needles().value();
      boolean singular = answers.size() == 1;
      Map<String, String> values =
          Map.of(
              "context",
              context(size),
              "query",
              query(asked),
              "type_needle_v",
              singular ? value.singular() : value.plural());
      KindWording wording = draw.wording().of(RulerKind.NEEDLES);
      return singular ? wording.singularSample(values, answers) : wording.sample(values, answers);
    }

    private String context(int size) {
      return switch (recipe.haystack()) {
        case ESSAY ->
            ContextLines.hideInText(
                recipe.essay().first(size),
                statements,
                places(DEPTH_PERCENTS.size()).map(DEPTH_PERCENTS::get).toList());
        case NOISE -> lines(Collections.nCopies(size, draw.wording().haystack().noise()));
        case NEEDLES -> lines(otherNeedles(size));
      };
    }

    private String lines(List<String> lines) {
      return String.join(
          draw.wording().haystack().between(),
          ContextLines.hide(lines, statements, places(lines.size()).toList()));
    }

    /** A place of its own for every statement. */
    private Stream<Integer> places(int all) {
      return draw.distinct(statements.size(), all, "places").stream().sorted();
    }

    private List<String> otherNeedles(int count) {
      Random random = draw.random("haystack");
      Set<String> names = new HashSet<>(taken);
      List<String> others = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String key = recipe.name(draw, recipe.needles().key(), random, names);
        others.add(
            recipe.statement(
                draw, key, recipe.name(draw, recipe.needles().value(), random, names)));
      }
      return others;
    }
  }
}
