/**
 * The model families, a file each: their keys and defaults in config.json, and what they make of a
 * block. {@link org.longpo.checkpoint.families.ModelFamilies} lists them; nothing else names one.
 */
@NullMarked
package org.longpo.checkpoint.families;

import org.jspecify.annotations.NullMarked;
