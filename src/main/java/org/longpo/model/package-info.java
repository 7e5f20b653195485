/**
 * Opening a model folder: which model and how ({@link org.longpo.model.ModelChoice}), the model
 * ready for use ({@link org.longpo.model.OpenModel}), and what of it decides a stage's results
 * ({@link org.longpo.model.ModelIdentity}).
 *
 * <p>{@link org.longpo.model.EngineWriter} and {@link org.longpo.model.EngineScorer} are the
 * engine's implementation of {@code inference}: they add tokenizer, limits of reasoning and the
 * text as it grows to the engine's ids.
 */
@NullMarked
package org.longpo.model;

import org.jspecify.annotations.NullMarked;
