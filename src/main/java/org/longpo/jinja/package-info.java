/**
 * Jinja templates as Python's Jinja 3.1 renders them, set up as transformers does for chat
 * templates: an immutable sandbox, {@code trim_blocks}, {@code lstrip_blocks}, loop controls,
 * {@code raise_exception}, {@code strftime_now}, {@code tojson} without escapes and {@code
 * generation} blocks.
 *
 * <p>{@link org.longpo.jinja.Template} reads a source into {@link org.longpo.jinja.Statement}s and
 * {@link org.longpo.jinja.Expression}s and renders them over Python's values: {@link
 * java.math.BigInteger} is {@code int}, {@link java.lang.Double} {@code float}, {@link
 * java.util.List} {@code list}, {@link java.util.Map} {@code dict}; {@link org.longpo.jinja.None},
 * {@link org.longpo.jinja.Undefined}, {@link org.longpo.jinja.Tuple} and the like are what Java
 * lacks. A template has access to its variables only.
 *
 * <p>What is not supported is refused when the template is read: inheritance and other files
 * ({@code extends}, {@code block}, {@code include}, {@code import}), {@code autoescape}, and the
 * filters, methods and functions that {@link org.longpo.jinja.Unsupported} lists.
 */
@NullMarked
package org.longpo.jinja;

import org.jspecify.annotations.NullMarked;
