package org.longpo.jinja;

import java.util.List;

/**
 * A dictionary's keys, values or items.
 *
 * @param type Python's name of the type
 */
record DictionaryView(String type, List<Object> items) {}
