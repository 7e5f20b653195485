/**
 * InfiniteBench (Zhang et al. 2024, arXiv:2402.13718; OpenBMB/InfiniteBench): twelve tasks on texts
 * of about 100,000 tokens, of which {@link
 * org.longpo.evaluation.tasks.infinitebench.InfiniteBenchTask} is each one.
 */
@NullMarked
package org.longpo.evaluation.tasks.infinitebench;

import org.jspecify.annotations.NullMarked;
