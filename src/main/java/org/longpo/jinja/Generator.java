package org.longpo.jinja;

import java.util.Iterator;

/** What Python computes item by item: gone through once, without length, always true. */
record Generator(Iterator<Object> items) {}
