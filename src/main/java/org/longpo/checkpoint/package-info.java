/**
 * Hugging Face model folders: the configuration, the weights in safetensors files, and the export.
 *
 * <p>{@link org.longpo.checkpoint.Checkpoint#open} reads config.json into a {@link
 * org.longpo.checkpoint.ModelConfig}, by the {@link org.longpo.checkpoint.ModelFamily} that it
 * belongs to, maps the weights and checks that every tensor the model needs is there in the right
 * shape. {@link org.longpo.checkpoint.CheckpointWriter} writes a folder that transformers loads.
 * Weights are memory segments here; nothing in this package knows tensors.
 */
@NullMarked
package org.longpo.checkpoint;

import org.jspecify.annotations.NullMarked;
