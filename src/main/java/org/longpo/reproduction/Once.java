package org.longpo.reproduction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.longpo.model.Workers;

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
    return Workers.result(earlier == null ? own : earlier);
  }
}
