/**
 * Tiny language models that this project makes itself, and the worlds they know: small enough for
 * the whole method to run on a laptop in minutes.
 *
 * <p>A {@link org.longpo.tiny.TinyWorld} is a text, a tokenizer, lessons and the shape of a model.
 * That of the embedded model is the smallest; {@link org.longpo.tiny.village} has more kinds of
 * questions, and skills that training can make a model forget.
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
