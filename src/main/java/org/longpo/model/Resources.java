package org.longpo.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * What was opened together and is closed together, the last one first.
 *
 * <p>{@link #open} is the only way to one, so that whatever fails in between closes what was opened
 * before it: above all a {@link org.longpo.tensor.Scope}, which left open would turn the failure
 * into another one.
 */
public final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Resources() {}

  /** Runs {@code opening}, which adds what it opens; closes all of it if that fails. */
  public static <T> T open(Function<Resources, T> opening) {
    Resources resources = new Resources();
    try {
      return opening.apply(resources);
    } catch (Throwable e) {
      try {
        resources.close();
      } catch (RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  public <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes all, whatever fails; throws the first failure with the others suppressed in it. */
  @Override
  public void close() {
    List<RuntimeException> failures = new ArrayList<>();
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (RuntimeException e) {
        failures.add(e);
      } catch (Exception e) {
        failures.add(new IllegalStateException("a model could not be closed", e));
      }
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }
}
