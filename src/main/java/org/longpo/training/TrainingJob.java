package org.longpo.training;

import org.longpo.files.StageIdentity;

/**
 * A training by its folder and all that decides its result.
 *
 * @param identity of the training with its inputs, as it is now
 */
public record TrainingJob(TrainingFolder folder, StageIdentity identity) {
  /**
   * Makes sure that a training that was begun in the folder may continue; writes nothing.
   *
   * @throws org.longpo.error.UserError that names every difference, or if the folder holds a
   *     training and does not say which
   */
  public void verifyIfBegun() {
    if (folder.begunWith().isPresent() || folder.hasTraining()) {
      identity.verify(folder.path());
    }
  }

  /**
   * Begins the training, or continues it.
   *
   * @throws org.longpo.error.UserError that names every difference; then nothing is written
   */
  void claim() {
    identity.claim(folder.path());
  }
}
