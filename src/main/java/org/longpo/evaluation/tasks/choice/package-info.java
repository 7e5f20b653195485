/**
 * Short benchmarks by log-likelihood: a question with options, of which the model chooses the one
 * that it finds likeliest. Prompts, options and scores are those of lm-evaluation-harness 0.4.13.
 *
 * <p>{@link org.longpo.evaluation.tasks.choice.ChoiceData} finds the files of a benchmark, {@link
 * org.longpo.evaluation.tasks.choice.ChoiceRow} is one of their rows, {@link
 * org.longpo.evaluation.tasks.choice.ChoiceQuestion} is what a benchmark's class makes of it:
 * options with the text before them. {@link org.longpo.evaluation.tasks.choice.Shots} puts solved
 * questions before it, {@link org.longpo.evaluation.tasks.choice.ChoiceScore} compares the options.
 */
@NullMarked
package org.longpo.evaluation.tasks.choice;

import org.jspecify.annotations.NullMarked;
