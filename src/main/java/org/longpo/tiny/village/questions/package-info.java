/** Kinds of questions about a text of the village, one file each. */
@NullMarked
package org.longpo.tiny.village.questions;

import org.jspecify.annotations.NullMarked;
