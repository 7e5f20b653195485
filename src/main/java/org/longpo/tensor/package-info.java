/**
 * Native tensors: the only package that touches libtorch's bindings.
 *
 * <p>A {@link org.longpo.tensor.Tensor} belongs to the innermost open {@link
 * org.longpo.tensor.Scope} of its thread and is freed with it; {@link org.longpo.tensor.Scope#keep}
 * moves one to the enclosing scope. No autograd graph is built: the engine computes its derivatives
 * itself.
 */
@NullMarked
package org.longpo.tensor;

import org.jspecify.annotations.NullMarked;
