/**
 * LongBench v2 (Bai et al. 2024, arXiv:2412.15204; THUDM/LongBench): questions with four options
 * about texts of 8,000 to 2 million words.
 */
@NullMarked
package org.longpo.evaluation.tasks.longbench;

import org.jspecify.annotations.NullMarked;
