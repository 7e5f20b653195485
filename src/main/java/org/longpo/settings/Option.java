package org.longpo.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record's component an option: a flag, a key in a file of settings, a line of the help,
 * and an entry of a run's record.
 *
 * <p>The component's Java type states what a value may be, {@link Range} and {@link Choice} narrow
 * it down. An option with neither {@link #defaultValue} nor {@link #defaultText} must be given. An
 * option that several records have is an annotation of its own, annotated with this one, so that it
 * too is declared once.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface Option {
  /** A sentence or two for the help; the default is added to it. */
  String meaning();

  /** The name in files; the flag has dashes. Empty: the component's name in snake_case. */
  String name() default "";

  /** What holds where nothing is given, as a user would write it. */
  String defaultValue() default "";

  /**
   * Where the default is not one value: completes "Default: ...". Without {@link #derivedBy} the
   * component is an {@code Optional}, which is then empty, or a list.
   */
  String defaultText() default "";

  /** Computes a default that depends on other options or on what the command knows. */
  Class<? extends DerivedDefault> derivedBy() default DerivedDefault.None.class;

  /** Stands for a value in the help: {@code N}, {@code DIR}. Empty: what the type has. */
  String label() default "";

  /** Reads values that no Java type describes. */
  Class<? extends ValueType.Factory> type() default ValueType.Factory.OfJavaType.class;

  /**
   * Whether results depend on it; other options, such as where a run is written, may change when a
   * run is continued.
   */
  boolean decidesResult() default true;
}
