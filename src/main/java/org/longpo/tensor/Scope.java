package org.longpo.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * The lifetime of native tensors: closing a scope frees every tensor made in it.
 *
 * <p>Scopes nest (run, step, tile) and belong to the thread that opened them.
 *
 * <pre>{@code
 * try (Scope tile = Scope.open()) {
 *   Tensor hidden = input.matmul(weight);
 *   return tile.keep(hidden.sum());   // belongs to the enclosing scope
 * }                                   // hidden is freed
 * }</pre>
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

  private final Thread owner = Thread.currentThread();
  private final PointerScope pointers = new PointerScope();
  private final @Nullable Scope parent;
  private boolean closed;

  private Scope() {
    parent = OPEN.get().peek();
    OPEN.get().push(this);
  }

  public static Scope open() {
    return new Scope();
  }

  /** Moves a tensor of this scope to the enclosing scope, so that it outlives this one. */
  public Tensor keep(Tensor tensor) {
    requireUsable();
    if (parent == null) {
      throw new IllegalStateException("the outermost scope has no enclosing scope for a tensor");
    }
    if (tensor.scope() == this) {
      // In this order: detaching releases the scope's reference, attaching adds one.
      parent.pointers.attach(tensor.raw());
      pointers.detach(tensor.raw());
      tensor.moveTo(parent);
    }
    return tensor;
  }

  @Override
  public void close() {
    requireUsable();
    if (OPEN.get().peek() != this) {
      throw new IllegalStateException("scopes close in the reverse order of their opening");
    }
    OPEN.get().pop();
    closed = true;
    pointers.close();
  }

  static Scope current() {
    Scope scope = OPEN.get().peek();
    if (scope == null) {
      throw new IllegalStateException("tensors can be made only while a Scope is open");
    }
    return scope;
  }

  /** Releases the reference by which this scope holds a tensor. */
  void free(Tensor tensor) {
    pointers.detach(tensor.raw());
  }

  private void requireUsable() {
    if (closed) {
      throw new IllegalStateException("the scope is closed already");
    }
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("the scope belongs to thread " + owner.getName());
    }
  }
}
