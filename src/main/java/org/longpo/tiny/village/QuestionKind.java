package org.longpo.tiny.village;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A kind of question about a text. A new one is a file and a line in {@link QuestionKinds}. */
public interface QuestionKind {
  /** In lower case with hyphens. */
  String id();

  /** What it measures, in a few words. */
  String subject();

  /**
   * Statements about new names from which one question of this kind can be asked, in the order in
   * which a text must tell them.
   *
   * @param sentences about so many has the text
   */
  List<Statement> told(Village village, int sentences, Random random);

  /** A question that follows from what a whole text tells; empty if there is none. */
  Optional<Question> ask(Facts facts, Random random);
}
