package org.longpo.jinja;

import java.util.Iterator;

/** What Python computes item by item: it can be iterated once, has no length and is always true. */
record Generator(Iterator<Object> items) {}
