package org.longpo.jinja;

/** Bounds and step of {@code x[start:stop:step]}, each an integer or {@link None}. */
record Slice(Object start, Object stop, Object step) {}
