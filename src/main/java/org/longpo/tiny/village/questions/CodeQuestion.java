package org.longpo.tiny.village.questions;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.longpo.tiny.village.Facts;
import org.longpo.tiny.village.Question;
import org.longpo.tiny.village.QuestionKind;
import org.longpo.tiny.village.Statement;
import org.longpo.tiny.village.Statement.Code;
import org.longpo.tiny.village.Village;

/** Somebody's code: RULER's needle. */
public record CodeQuestion() implements QuestionKind {
  @Override
  public String id() {
    return "code";
  }

  @Override
  public String subject() {
    return "Codes of single people";
  }

  @Override
  public List<Statement> told(Village village, int sentences, Random random) {
    return List.of(new Code(village.person(), village.code()));
  }

  @Override
  public Optional<Question> ask(Facts facts, Random random) {
    return facts
        .any(Code.class, random)
        .map(
            code ->
                Question.of(
                    List.of("What is the code of %s?".formatted(code.person())),
                    code.wordings(),
                    List.of(code.code()),
                    random));
  }
}
