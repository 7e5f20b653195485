package org.longpo.reproduction;

import java.nio.file.Path;
import java.util.List;
import org.longpo.model.ModelIdentity;
import org.longpo.progress.Cancellation;
import org.longpo.progress.CancelledException;
import org.longpo.progress.Progress;

/**
 * A whole reproduction.
 *
 * @param base folder of a model of the village
 * @param quick whether it is the small one
 * @param run takes models, pairs and checkpoints
 * @param records takes a file for each measured model
 * @param page is written at the end, from the records
 */
public record Reproduction(Path base, boolean quick, Path run, Path records, Path page) {
  /**
   * Makes sure, before anything is written, that the base is a model.
   *
   * @throws org.longpo.error.UserError if it is not
   */
  public void check() {
    ModelIdentity.of(ReproductionSettings.model(base));
  }

  /**
   * Runs to the end and writes the page.
   *
   * @param git commit of the program, for the records
   */
  public List<ArmRecord> run(
      int workers, String git, Progress progress, Cancellation cancellation) {
    ReproductionScale scale = quick ? ReproductionScale.quick() : ReproductionScale.full();
    ReproductionLayout layout = new ReproductionLayout(run, records);
    try {
      List<ArmRecord> measured =
          new ReproduceRun(base, scale, layout, git, progress, cancellation).run(workers);
      writePage(measured, scale, progress);
      return measured;
    } catch (CancelledException stopped) {
      // What is finished can be read until the run goes on.
      writePage(layout.written(), scale, progress);
      throw stopped;
    }
  }

  private void writePage(List<ArmRecord> measured, ReproductionScale scale, Progress progress) {
    ReproductionPage.write(measured, scale, page)
        .ifPresent(sentence -> progress.say("warning: " + sentence));
  }
}
