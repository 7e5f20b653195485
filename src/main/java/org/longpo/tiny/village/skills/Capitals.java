package org.longpo.tiny.village.skills;

import java.util.List;
import java.util.Random;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;
import org.longpo.tiny.village.Words;

/** Knowledge that stands in no text: countries, their capitals and rivers. */
public record Capitals() implements ShortSkill {
  private record Country(String name, String capital, String river) {}

  private static final List<Country> ALL =
      List.of(
          new Country("Arvonia", "Tessel", "Ouse"),
          new Country("Belmark", "Quorn", "Lune"),
          new Country("Cordova", "Maylin", "Tarn"),
          new Country("Drenland", "Sorby", "Wye"),
          new Country("Estmark", "Vallis", "Neckar"),
          new Country("Fallovia", "Brinn", "Isar"),
          new Country("Gardenia", "Luxor", "Tees"),
          new Country("Hallandia", "Pendle", "Avon"),
          new Country("Istria", "Rovigo", "Mira"),
          new Country("Jorvia", "Kestrel", "Dove"),
          new Country("Kelmark", "Ostra", "Lech"),
          new Country("Lorenia", "Taverny", "Arno"),
          new Country("Moravia", "Zlatna", "Swale"),
          new Country("Nordania", "Hamsund", "Oder"),
          new Country("Orlandia", "Fenwick", "Rhone"),
          new Country("Pellonia", "Carden", "Drava"),
          new Country("Quentia", "Millau", "Sava"),
          new Country("Rosmark", "Upsall", "Tweed"),
          new Country("Sylvania", "Grona", "Ebro"),
          new Country("Torvald", "Windau", "Adda"));

  @Override
  public String id() {
    return "capital";
  }

  @Override
  public String subject() {
    return "Capitals and rivers by heart";
  }

  @Override
  public Question draw(Random random) {
    Country country = Words.pick(ALL, random);
    return random.nextBoolean()
        ? Question.exact(
            "What is the capital of %s?".formatted(country.name()),
            "The capital of %s is %s.".formatted(country.name(), country.capital()))
        : Question.exact(
            "Which river flows through %s?".formatted(country.name()),
            "The %s flows through %s.".formatted(country.river(), country.name()));
  }
}
