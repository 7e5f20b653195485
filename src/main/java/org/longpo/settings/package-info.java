/**
 * Options: a record is the schema.
 *
 * <p>A record's components with {@link org.longpo.settings.Option} are options: the name, type,
 * range, default and meaning stand there, once, beside the code that uses them. From it come the
 * flags and the help of a command ({@link org.longpo.settings.Schema}), the keys of a YAML file
 * ({@link org.longpo.settings.OptionFile}), the record itself, checked ({@link
 * org.longpo.settings.OptionValues#read}), what {@code --print-config} prints ({@link
 * org.longpo.settings.OptionListing}), and the content of a run's record and of a stage's identity
 * ({@link org.longpo.settings.OptionRecords#byName}).
 *
 * <p>Records nest: a component that is a record is a group, an {@code Optional} of one is absent
 * unless its switch is given, and a component of an interface type is a choice between {@link
 * org.longpo.settings.Variants} with options of their own. What a command knows and a user does not
 * give is {@link org.longpo.settings.Supplied}.
 */
@NullMarked
package org.longpo.settings;

import org.jspecify.annotations.NullMarked;
