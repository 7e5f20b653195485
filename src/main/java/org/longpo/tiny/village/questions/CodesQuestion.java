package org.longpo.tiny.village.questions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Code;
import org.longpo.tiny.village.Village;
import org.longpo.tiny.village.Words;

/** The codes of several people at once: RULER's needles with several queries. */
public record CodesQuestion() implements QuestionKind {
  private static final int FEWEST = 2;
  private static final int MOST = 3;

  @Override
  public String id() {
    return "codes";
  }

  @Override
  public String subject() {
    return "Codes of several people";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    List<Statement> codes = new ArrayList<>();
    int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
    for (int i = 0; i < count; i++) {
      codes.add(new Code(village.person(), village.code()));
    }
    return codes;
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    List<Code> codes = new ArrayList<>(facts.all(Code.class));
    if (codes.size() < FEWEST) {
      return Optional.empty();
    }
    Collections.shuffle(codes, random);
    List<Code> asked = codes.subList(0, Math.min(MOST, codes.size()));
    List<String> people = asked.stream().map(Code::person).toList();
    return Optional.of(
        Question.of(
            List.of("What are the codes of %s?".formatted(Words.enumeration(people))),
            List.of(
                asked.stream()
                    .map(code -> code.person() + " has the code " + code.code() + ".")
                    .collect(Collectors.joining(" "))),
            asked.stream().map(Code::code).toList(),
            random));
  }
}
