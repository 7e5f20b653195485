/**
 * The command line: commands and their options, progress on the terminal, errors as sentences, exit
 * codes, run folders. The only package that prints.
 *
 * <p>Exit codes: 0 success; 1 a failure of the machine or of the program; 2 something the user can
 * correct; 130 and 143 stopped by a signal.
 */
@NullMarked
package org.longpo.cli;

import org.jspecify.annotations.NullMarked;
