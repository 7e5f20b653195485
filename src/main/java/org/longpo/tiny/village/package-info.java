/**
 * The village: a world in which ways to train can differ.
 *
 * <p>A {@link org.longpo.tiny.village.Village} is what is true in one text, a {@link
 * org.longpo.tiny.village.Statement} what a sentence tells of it, a {@link
 * org.longpo.tiny.village.Passage} a text that knows its statements. A {@link
 * org.longpo.tiny.village.QuestionKind} makes questions from them, a {@link
 * org.longpo.tiny.village.ShortSkill} tasks that need no text. {@link
 * org.longpo.tiny.village.VillageLessons} teaches all of them, {@link
 * org.longpo.tiny.village.VillageTasks} evaluates each.
 */
@NullMarked
package org.longpo.tiny.village;

import org.jspecify.annotations.NullMarked;
