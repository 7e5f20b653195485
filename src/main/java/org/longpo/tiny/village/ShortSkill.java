package org.longpo.tiny.village;

import java.util.Random;

/**
 * Something that the model can do without a text. It never occurs in pairs, so that training on
 * them may make the model forget it. A new one is a file and a line in {@link ShortSkills}.
 */
public interface ShortSkill {
  /** In lower case with hyphens. */
  String id();

  /** What it measures, in a few words. */
  String subject();

  /** A task with its only right answer. */
  Question draw(Random random);
}
