package org.longpo.pipeline;

import java.util.Optional;
import java.util.function.Supplier;
import org.longpo.inference.Writer;
import org.longpo.model.ModelChoice;
import org.longpo.model.OpenModel;
import org.longpo.text.Prompts;

/**
 * Who judges the answers of an evaluation, ready for use.
 *
 * @param sha256 of all that decides judgments
 * @param own what is closed with it; empty where the tested model judges
 */
record OpenJudge(Writer writer, Prompts prompts, Supplier<String> sha256, Optional<OpenModel> own)
    implements AutoCloseable {
  /**
   * @param other empty: the tested model judges its own answers
   */
  static OpenJudge open(OpenModel tested, Optional<ModelChoice> other) {
    Optional<OpenModel> own = other.map(OpenModel::open);
    OpenModel judge = own.orElse(tested);
    return new OpenJudge(judge.writer(), judge.prompts(), () -> judge.identity().sha256(), own);
  }

  @Override
  public void close() {
    own.ifPresent(OpenModel::close);
  }
}
