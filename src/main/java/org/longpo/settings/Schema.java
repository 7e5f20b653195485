package org.longpo.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.longpo.settings.RecordShape.Part;

/**
 * The options of a command, from the records that it makes of them.
 *
 * @param variants what options of an interface type choose between
 * @param sections in the order of the records
 * @param filePrefix how options of this command alone begin in files; empty: there are none
 */
public record Schema(Variants variants, List<Heading> sections, String filePrefix) {
  /**
   * Options that belong together.
   *
   * @param title over them in the help and in print-outs
   */
  public record Heading(String title, List<Key> keys) {}

  public Schema {
    sections = List.copyOf(sections);
  }

  /**
   * The options of some records, those of one name once.
   *
   * @throws IllegalArgumentException if a component is no option, or options of one name differ
   */
  @SafeVarargs
  public static Schema of(Variants variants, Class<? extends Record>... records) {
    return of(variants, List.of(records));
  }

  /** As {@link #of(Variants, Class...)}. */
  public static Schema of(Variants variants, List<Class<? extends Record>> records) {
    Map<String, Map<String, Key>> sections = new LinkedHashMap<>();
    Map<String, Key> all = new LinkedHashMap<>();
    for (Class<? extends Record> record : records) {
      add(RecordShape.of(record, variants), "Options", variants, sections, all);
    }
    return new Schema(
        variants,
        sections.entrySet().stream()
            .map(entry -> new Heading(entry.getKey(), List.copyOf(entry.getValue().values())))
            .toList(),
        "");
  }

  private static void add(
      RecordShape shape,
      String outer,
      Variants variants,
      Map<String, Map<String, Key>> sections,
      Map<String, Key> all) {
    Section own = shape.type().getAnnotation(Section.class);
    String title = own == null ? outer : own.value();
    for (Part part : shape.parts()) {
      switch (part) {
        case Part.Leaf leaf -> add(leaf.key(), title, sections, all);
        case Part.Group group -> add(group.shape(), title, variants, sections, all);
        case Part.OptionalGroup group ->
            group.shape().keys().stream()
                .map(key -> key.onlyWith(group.switches()))
                .forEach(key -> add(key, title, sections, all));
        case Part.FromCommand _ -> {}
        case Part.Chosen chosen -> {
          Section section = chosen.component().getType().getAnnotation(Section.class);
          String heading = section == null ? title : section.value();
          add(chosen.key(), heading, sections, all);
          new VariantOptions(variants, chosen.component().getType())
              .merged()
              .forEach(key -> add(key, heading, sections, all));
        }
      }
    }
  }

  private static void add(
      Key key, String title, Map<String, Map<String, Key>> sections, Map<String, Key> all) {
    Key other = all.putIfAbsent(key.name(), key);
    if (other == null) {
      sections.computeIfAbsent(title, own -> new LinkedHashMap<>()).put(key.name(), key);
    } else if (!other.meaning().equals(key.meaning())) {
      throw new IllegalArgumentException("two options are called " + key.name());
    }
  }

  /**
   * The same with a prefix, in files alone, for the options of some records: a file serves several
   * commands, and these options mean something for one of them only.
   */
  @SafeVarargs
  public final Schema inFileWith(String prefix, Class<? extends Record>... records) {
    Set<String> own = new HashSet<>();
    for (Class<? extends Record> record : records) {
      RecordShape.of(record, variants).keys().forEach(key -> own.add(key.name()));
    }
    return changed(
        key -> Optional.of(own.contains(key.name()) ? key.withFileName(prefix + key.name()) : key),
        prefix);
  }

  /** The same with another meaning of one option, which depends on what the command offers. */
  public Schema withMeaning(String name, String meaning) {
    return changed(
        key -> Optional.of(key.name().equals(name) ? key.withMeaning(meaning) : key), filePrefix);
  }

  /** The same without some options, which keep their defaults. */
  public Schema without(String... names) {
    return without(List.of(names));
  }

  /** The same without some options, which keep their defaults. */
  public Schema without(Collection<String> names) {
    return changed(key -> Optional.of(key).filter(own -> !names.contains(own.name())), filePrefix);
  }

  private Schema changed(Function<Key, Optional<Key>> change, String prefix) {
    return new Schema(
        variants,
        sections.stream()
            .map(
                section ->
                    new Heading(
                        section.title(),
                        section.keys().stream().map(change).flatMap(Optional::stream).toList()))
            .filter(section -> !section.keys().isEmpty())
            .toList(),
        prefix);
  }

  /** All options, in the order of the sections. */
  public List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    sections.forEach(section -> keys.addAll(section.keys()));
    return keys;
  }
}
