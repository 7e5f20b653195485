package org.longpo.jinja;

import org.jspecify.annotations.Nullable;

/** An object of the engine's own whose attributes a template can read. */
@FunctionalInterface
interface HasAttributes {
  /** The attribute, or null if there is none of that name. */
  @Nullable Object attribute(String name);
}
