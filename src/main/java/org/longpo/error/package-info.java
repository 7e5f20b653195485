/** Errors that a user can correct, in one sentence each. */
@NullMarked
package org.longpo.error;

import org.jspecify.annotations.NullMarked;
