package org.longpo.jinja;

/** Python's {@code None}. */
enum None {
  NONE
}
