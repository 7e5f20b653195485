/**
 * Token trees: which tokens are shared, and which attend to which.
 *
 * <p>A document, its instructions and their answers are one tree of tokens. A node's tokens attend
 * to all its ancestors and causally to their own node, never to a sibling; a token's position is
 * its depth. Several roots make a forest; every pass reads a forest as one row of tokens.
 */
@NullMarked
package org.longpo.tree;

import org.jspecify.annotations.NullMarked;
