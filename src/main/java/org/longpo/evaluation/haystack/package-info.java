/**
 * Long contexts of a given number of tokens: a run of sentences of real text with other texts
 * hidden between them, and the questions about these.
 */
@NullMarked
package org.longpo.evaluation.haystack;

import org.jspecify.annotations.NullMarked;
