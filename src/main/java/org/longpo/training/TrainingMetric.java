package org.longpo.training;

/** Names of the trainer's own metrics, TRL's where it has them; see also the objective's. */
public final class TrainingMetric {
  public static final String STEP = "step";

  /** Documents seen per document there is. */
  public static final String EPOCH = "epoch";

  /** Mean of the documents' losses, every term included. */
  public static final String LOSS = "loss";

  /** The whole-sequence NLL as it stands in the loss: nats per predicted token. */
  public static final String NLL = "nll";

  /** L2 norm of all gradients before clipping, of the last step of the line. */
  public static final String GRAD_NORM = "grad_norm";

  /** The rate that the last step of the line was made with. */
  public static final String LEARNING_RATE = "learning_rate";

  /** Put before the name of a metric that was taken on the documents held out. */
  public static final String EVAL = "eval_";

  /** Tokens that went through the model, those that sequences share counted once. */
  public static final String TOKENS_PER_SECOND = "tokens_per_second";

  /**
   * Model FLOPs utilization: the useful operations of forward and backward by the operations that
   * large matrix products of this type would have done in the same time on this machine.
   */
  public static final String MFU = "mfu";

  /** When a line was written: seconds since 1970. */
  public static final String TIME = "time";

  /** Seconds that an evaluation took; Hugging Face's name. */
  public static final String EVAL_RUNTIME = "eval_runtime";

  public static final String SECONDS = "seconds";

  /** Bytes: the process's largest resident set so far. */
  public static final String PEAK_MEMORY = "peak_memory";

  private TrainingMetric() {}
}
