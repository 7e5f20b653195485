/**
 * From pairs to a trained model.
 *
 * <p>{@link org.longpo.training.PairExamples} reads the rows of a pair file. A document's row
 * becomes a {@link org.longpo.training.TrainingExample}: complete token sequences laid out as a
 * {@link org.longpo.training.SequenceLayout}, with every response's span. A {@link
 * org.longpo.training.TrainingStep} runs them through the model as one forest of tokens: forward,
 * log-probs of the response tokens, the objective in doubles, one coefficient per token, backward.
 * The {@link org.longpo.training.Trainer} takes the mean over a step's documents, clips, lets the
 * {@link org.longpo.training.Optimizer} update the weights at the rate of the {@link
 * org.longpo.training.LearningRateSchedule}, logs and saves, so that a run that was killed
 * continues and ends with the same bytes. Where the objective learns from what the policy writes
 * itself, {@code StepExamples} has it drawn and scored every few steps and puts it into the
 * examples. {@link org.longpo.training.CollapseWatch} notices when training makes the model worse.
 * {@link org.longpo.training.TrainingSetup} checks before that the run fits into memory ({@link
 * org.longpo.training.MemoryEstimate}), {@link org.longpo.training.ModelExport} writes a checkpoint
 * that transformers loads, and {@link org.longpo.training.TrainingFolder} names what lies in the
 * run's folder.
 */
@NullMarked
package org.longpo.training;

import org.jspecify.annotations.NullMarked;
