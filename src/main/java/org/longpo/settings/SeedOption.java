package org.longpo.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The run's seed, which several stages have: one option. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Option(
    name = "seed",
    defaultValue = "42",
    label = "S",
    meaning = "The seed from which all random choices follow.")
public @interface SeedOption {}
