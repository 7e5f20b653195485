/**
 * Opening a model folder: which model and how ({@link org.longpo.model.ModelChoice}), the model
 * ready for use ({@link org.longpo.model.OpenModel}), and what of it decides a stage's results
 * ({@link org.longpo.model.ModelIdentity}).
 */
@NullMarked
package org.longpo.model;

import org.jspecify.annotations.NullMarked;
