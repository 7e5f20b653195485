package org.longpo.tiny.village.skills;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.ShortSkill;
import org.longpo.tiny.village.Words;

/** Words in a form that the task names. */
public record Formatting() implements ShortSkill {
  private static final int FEWEST = 2;
  private static final int MOST = 4;

  private enum Form {
    STARS("with stars between", " * "),
    DASHES("with dashes between", " - "),
    SLASHES("with slashes between", " / "),
    LINES("on lines of their own", "\n"),
    LIST("as a numbered list", "");

    private final String name;
    private final String between;

    Form(String name, String between) {
      this.name = name;
      this.between = between;
    }
  }

  @Override
  public String id() {
    return "format";
  }

  @Override
  public String subject() {
    return "Words in a given form";
  }

  @Override
  public Question draw(Random random) {
    List<String> words = SomeWords.draw(FEWEST + random.nextInt(MOST - FEWEST + 1), random);
    Form form = Words.pick(List.of(Form.values()), random);
    String task = "Write %s %s.".formatted(Words.enumeration(words), form.name);
    return Question.exact(task, form == Form.LIST ? list(words) : String.join(form.between, words));
  }

  private static String list(List<String> words) {
    return IntStream.range(0, words.size())
        .mapToObj(i -> (i + 1) + ". " + words.get(i))
        .collect(Collectors.joining(" "));
  }
}
