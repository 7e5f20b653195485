package org.longpo.reproduction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Values that several threads need and one computes: the first that asks does it, the others wait.
 * Values may be computed from one another, but not in a circle.
 *
 * @param <K> what a value is called
 */
final class Once<K, V> {
  private final Map<K, FutureTask<V>> begun = new ConcurrentHashMap<>();

  V get(K key, Supplier<V> compute) {
    FutureTask<V> own = new FutureTask<>(compute::get);
    FutureTask<V> earlier = begun.putIfAbsent(key, own);
    if (earlier == null) {
      own.run();
    }
    return value(earlier == null ? own : earlier);
  }

  private static <V> V value(FutureTask<V> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case Error error -> throw error;
        case RuntimeException failure -> failure;
        case null, default -> new IllegalStateException(e);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another thread computes", e);
    }
  }
}
