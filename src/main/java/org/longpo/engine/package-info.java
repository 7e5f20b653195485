/**
 * The long-sequence engine: a document and all texts about it in one pass.
 *
 * <p>{@link org.longpo.engine.LanguageModel} holds the weights. {@link org.longpo.engine.TreePass}
 * drives the layers by hand over a token tree, forward and backward; {@link
 * org.longpo.engine.TransformerBlock} is one layer in three segments, with its derivatives; {@link
 * org.longpo.engine.LossHead} turns hidden states into log-probabilities and coefficients into
 * gradients. {@link org.longpo.engine.Generator} prefills a prompt tree once and decodes its
 * branches together.
 */
@NullMarked
package org.longpo.engine;

import org.jspecify.annotations.NullMarked;
