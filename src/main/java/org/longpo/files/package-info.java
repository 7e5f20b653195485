/** Files that are never half-written: atomic writes, logs that survive kill -9, JSON, hashes. */
@NullMarked
package org.longpo.files;

import org.jspecify.annotations.NullMarked;
