package org.longpo.settings;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;

/** Annotations of a component, also those of an annotation that it has. */
final class Annotations {
  private Annotations() {}

  static <A extends Annotation> @Nullable A find(AnnotatedElement element, Class<A> type) {
    A own = element.getAnnotation(type);
    if (own != null) {
      return own;
    }
    for (Annotation other : element.getAnnotations()) {
      A shared = other.annotationType().getAnnotation(type);
      if (shared != null) {
        return shared;
      }
    }
    return null;
  }
}
