/**
 * Files that are never half-written (atomic writes, logs that survive kill -9), JSON, hashes, and
 * model folders, of which only files inside them are read.
 */
@NullMarked
package org.longpo.files;

import org.jspecify.annotations.NullMarked;
