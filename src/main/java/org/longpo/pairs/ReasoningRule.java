package org.longpo.pairs;

import java.util.Optional;
import org.longpo.inference.Written;

/** What is done with a pair whose texts begin with a block of reasoning. */
public enum ReasoningRule {
  /** The block is removed: instructions and answers are the text that follows it. */
  STRIP,

  /** The pair is dropped. */
  DROP;

  /** Whether the reasoning of a text is a reason to drop the pair. */
  Optional<DropReason> check(Written written) {
    return switch (written.reasoning()) {
      case NONE -> Optional.empty();
      case ENDED -> this == DROP ? Optional.of(DropReason.REASONING) : Optional.empty();
      case UNENDED -> Optional.of(DropReason.REASONING_NOT_ENDED);
    };
  }
}
