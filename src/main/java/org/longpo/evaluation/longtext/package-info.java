/**
 * Questions about long texts of published benchmarks, and what becomes of those that are longer
 * than a model's context.
 *
 * <p>A {@link org.longpo.evaluation.longtext.LongQuestion} is a prompt in three parts: what stands
 * before the text, the text, what stands after it. Those that share the first two are a {@link
 * org.longpo.evaluation.longtext.QuestionGroup}, whose text is read once. An {@link
 * org.longpo.evaluation.longtext.InputLimit} makes prompts of a group, and refuses those that are
 * too long or, where the user asks for it, cuts the text's middle out ({@link
 * org.longpo.evaluation.longtext.MiddleCut}).
 */
@NullMarked
package org.longpo.evaluation.longtext;

import org.jspecify.annotations.NullMarked;
