package org.longpo.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.longpo.error.UserError;

/** Objects by reflection; what a constructor or accessor throws comes out as it is. */
final class Instances {
  private Instances() {}

  /** An object of a class that has a constructor without parameters. */
  static <T> T of(Class<T> type) {
    return construct(type, new Class<?>[0], new Object[0]);
  }

  /**
   * A record by its canonical constructor.
   *
   * @param values one per component, in their order
   */
  static <R extends Record> R record(Class<R> type, Object[] values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    return construct(type, types, values);
  }

  /** The value of a record's component. */
  static Object component(Record owner, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(owner);
    } catch (InvocationTargetException e) {
      throw unwrapped(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T construct(Class<T> type, Class<?>[] types, Object[] values) {
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw unwrapped(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make a " + type.getName(), e);
    }
  }

  private static RuntimeException unwrapped(InvocationTargetException e) {
    return switch (e.getCause()) {
      case UserError error -> error;
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(e);
    };
  }
}
