/** What a user can mend, said in one sentence. */
@NullMarked
package org.longpo.error;

import org.jspecify.annotations.NullMarked;
