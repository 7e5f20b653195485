package org.longpo.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The words that a text {@link Option} may be; for a list, each word in it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Choice {
  /** The words; empty where {@link #of} gives them. */
  String[] value() default {};

  /** The words are the names of all {@link Variants} of this interface. */
  Class<?> of() default Void.class;
}
