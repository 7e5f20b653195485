/**
 * Files that are never half-written (atomic writes, logs that survive kill -9), JSON, hashes, and
 * model folders of which only what really lies in them is read.
 */
@NullMarked
package org.longpo.files;

import org.jspecify.annotations.NullMarked;
