package org.longpo.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The numbers that an {@link Option} may have; for a list, every number in it. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface Range {
  /** The smallest number. */
  double from() default Double.NEGATIVE_INFINITY;

  /** Every number is greater. */
  double above() default Double.NEGATIVE_INFINITY;

  /** The greatest number. */
  double to() default Double.POSITIVE_INFINITY;

  /** Every number is smaller. */
  double below() default Double.POSITIVE_INFINITY;
}
