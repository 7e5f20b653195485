/**
 * How answers are scored: functions of an answer and what counts as right, without a model or a
 * file. Each scorer follows the code that its benchmark published, white space and digits of all
 * scripts included ({@link org.longpo.evaluation.scoring.PythonText}), and is held to that code's
 * own results by a golden file of {@code references/}.
 */
@NullMarked
package org.longpo.evaluation.scoring;

import org.jspecify.annotations.NullMarked;
