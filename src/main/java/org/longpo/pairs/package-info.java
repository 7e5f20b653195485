/**
 * Instructions, chosen and rejected answers, filters, the pair file.
 *
 * <p>Who writes and who scores is given by {@link org.longpo.pairs.PairModels}; nothing here knows
 * more of a model. For every piece of a document the model writes instructions from single chunks
 * ({@link org.longpo.pairs.InstructionPrompt}, {@link org.longpo.pairs.InstructionParser}), answers
 * each one from its chunk (chosen) and from the whole piece (rejected), and computes the
 * log-probabilities of both answers on the short input. What passes the filters ({@link
 * org.longpo.pairs.PairFilters}) becomes a {@link org.longpo.pairs.PairRow} of the {@link
 * org.longpo.pairs.PairFile}; what does not is counted by {@link org.longpo.pairs.DropReason}. The
 * format is described in docs/pair-file.md.
 */
@NullMarked
package org.longpo.pairs;

import org.jspecify.annotations.NullMarked;
