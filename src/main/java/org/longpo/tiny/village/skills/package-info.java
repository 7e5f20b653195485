/** What the village's model can do without a text, one file each. */
@NullMarked
package org.longpo.tiny.village.skills;

import org.jspecify.annotations.NullMarked;
