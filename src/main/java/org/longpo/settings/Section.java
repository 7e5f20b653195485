package org.longpo.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Settings that belong together, under one heading in the help and the print-out.
 *
 * <p>A section is filled while the class that declares its keys is initialised, so that a key is
 * written down in one place only.
 */
public final class Section {
  private final String title;
  private final List<Key<?>> keys = new ArrayList<>();

  public Section(String title) {
    this.title = title;
  }

  /** A section of keys that are declared elsewhere. */
  public static Section of(String title, List<Key<?>> keys) {
    Section section = new Section(title);
    section.keys.addAll(keys);
    return section;
  }

  /** Adds a key and returns it. */
  public <T> Key<T> add(Key<T> key) {
    keys.add(key);
    return key;
  }

  public String title() {
    return title;
  }

  public List<Key<?>> keys() {
    return Collections.unmodifiableList(keys);
  }
}
