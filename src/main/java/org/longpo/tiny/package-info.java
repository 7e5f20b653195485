/**
 * A tiny language model that this project makes itself, and the world it knows: small enough for
 * the whole method to run on a laptop in minutes.
 *
 * <p>{@link org.longpo.tiny.WorldWriter} writes plain sentences, among them facts ("The access code
 * of Bakodifu is 4829137."). {@link org.longpo.tiny.TinyTokenizer} trains a byte-pair tokenizer on
 * them. {@link org.longpo.tiny.Lessons} turns them into what the model learns from: copies of
 * random tokens, plain text, and passages with a dozen questions each, put exactly as {@code pairs}
 * and {@code evaluation} put them. {@link org.longpo.tiny.MakeTiny} is the recipe from nothing to a
 * checkpoint; {@link org.longpo.tiny.EmbeddedModel} is what it made of its defaults, and {@link
 * org.longpo.tiny.Demo} the settings of a run on it.
 */
@NullMarked
package org.longpo.tiny;

import org.jspecify.annotations.NullMarked;
