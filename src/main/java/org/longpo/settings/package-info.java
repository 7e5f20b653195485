/**
 * Settings in one table: every {@link org.longpo.settings.Key} has a name, a type, a default and a
 * meaning, and from these come the flags with their help, the reading of the YAML file and the
 * print-out of where each value came from.
 *
 * <p>A flag wins over the file, the file over the default. To add a setting, add a key to a {@link
 * org.longpo.settings.Section} and read it where it is needed.
 */
@NullMarked
package org.longpo.settings;

import org.jspecify.annotations.NullMarked;
