package org.longpo.tiny.village;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What a text tells.
 *
 * @param statements in the order of the text
 */
public record Facts(List<Statement> statements) {
  public Facts {
    statements = List.copyOf(statements);
  }

  /** All statements of a kind, in the order of the text. */
  public <S extends Statement> List<S> all(Class<S> kind) {
    return statements.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** A statement of a kind, drawn. */
  public <S extends Statement> Optional<S> any(Class<S> kind, Random random) {
    List<S> all = all(kind);
    return all.isEmpty() ? Optional.empty() : Optional.of(Words.pick(all, random));
  }

  /** The first statement of a kind that a condition holds for. */
  public <S extends Statement> Optional<S> first(Class<S> kind, Predicate<S> condition) {
    return all(kind).stream().filter(condition).findFirst();
  }
}
