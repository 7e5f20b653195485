package org.longpo.checkpoint;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The changes of an exported checkpoint to its source's configuration.
 *
 * @param rope the position embedding the weights were trained with; empty: the source's
 * @param maxPositionEmbeddings the context in tokens; empty: the source's
 * @param maxShardBytes the largest file of weights; a single larger tensor gets a file of its own
 */
public record ExportSettings(
    Optional<RopeSettings> rope, OptionalInt maxPositionEmbeddings, long maxShardBytes) {
  /** 5 GB, in powers of ten as Hugging Face counts them. */
  public static final long DEFAULT_MAX_SHARD_BYTES = 5_000_000_000L;

  public ExportSettings {
    if (maxShardBytes <= 0) {
      throw new IllegalArgumentException("a shard must hold at least 1 byte, not " + maxShardBytes);
    }
  }

  /** The source's configuration as it is. */
  public static ExportSettings unchanged() {
    return new ExportSettings(Optional.empty(), OptionalInt.empty(), DEFAULT_MAX_SHARD_BYTES);
  }

  /** With another position embedding. */
  public ExportSettings withRope(RopeSettings newRope) {
    return new ExportSettings(Optional.of(newRope), maxPositionEmbeddings, maxShardBytes);
  }

  /** With another context, in tokens. */
  public ExportSettings withMaxPositionEmbeddings(int tokens) {
    return new ExportSettings(rope, OptionalInt.of(tokens), maxShardBytes);
  }

  /** With shards of at most this many bytes. */
  public ExportSettings withMaxShardBytes(long bytes) {
    return new ExportSettings(rope, maxPositionEmbeddings, bytes);
  }
}
