package org.longpo.model;

import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.RopeSettings;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.Generator;
import org.longpo.engine.LanguageModel;
import org.longpo.files.StageIdentity;
import org.longpo.inference.CheckedScorer;
import org.longpo.inference.CheckedWriter;
import org.longpo.inference.Scorer;
import org.longpo.inference.Writer;
import org.longpo.tensor.Libtorch;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/** A frozen model ready for use, with its tokenizer and chat template. */
public final class OpenModel implements AutoCloseable {
  private final Resources resources;
  private final Checkpoint checkpoint;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final LanguageModel model;
  private final EngineSettings settings;

  private OpenModel(
      Resources resources,
      Checkpoint checkpoint,
      Tokenizer tokenizer,
      ChatTemplate template,
      LoadedWeights weights) {
    this.resources = resources;
    this.checkpoint = checkpoint;
    this.tokenizer = tokenizer;
    this.template = template;
    this.model = weights.model().withTokenStrings(tokenizer::tokenString);
    this.settings = weights.settings();
  }

  /** Opens the model; its tensors belong to this thread until it is closed. */
  public static OpenModel open(ModelChoice choice) {
    return Resources.open(
        resources -> {
          Checkpoint checkpoint = resources.add(Checkpoint.open(choice.folder()));
          Tokenizer tokenizer = resources.add(Tokenizer.load(choice.folder()));
          tokenizer.requireRows(checkpoint.config().vocabularySize());
          ChatTemplate template = ChatTemplate.load(choice.folder(), tokenizer, choice.chat());
          return new OpenModel(
              resources,
              checkpoint,
              tokenizer,
              template,
              LoadedWeights.load(choice, checkpoint, resources));
        });
  }

  public Checkpoint checkpoint() {
    return checkpoint;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  public ChatTemplate template() {
    return template;
  }

  public PromptEncoder prompts() {
    return new PromptEncoder(tokenizer, template);
  }

  /** Writes with the model's own position embedding. */
  public Writer writer() {
    return writer(1);
  }

  /**
   * @param users threads that write with it at a time
   */
  public Writer writer(int users) {
    return writer(model.config().rope(), users);
  }

  /**
   * Writes with another position embedding and the same weights.
   *
   * @param users threads that write at a time, with writers of this model; they share the memory
   *     for keys and values
   */
  public Writer writer(RopeSettings rope, int users) {
    return CheckedWriter.of(
        new EngineWriter(
            model.withRope(rope),
            settings.sharedBy(users),
            tokenizer,
            prompts()::reasoning,
            name(),
            checkpoint::sha256));
  }

  /** Reads with the model's own position embedding. */
  public Scorer scorer() {
    return CheckedScorer.of(new EngineScorer(model, settings, name(), checkpoint::sha256));
  }

  /**
   * Refuses, before any work, texts that could not be written.
   *
   * @param tokens of the longest prompt and its answer
   * @throws org.longpo.error.UserError if the memory for keys and values that the user gave does
   *     not hold them
   */
  public void requireRoom(long tokens) {
    new Generator(model, settings).requireRoom(tokens);
  }

  /**
   * How many parts of some work are done at a time on this model: as many as were asked for, or one
   * for each thread of a CPU, but not more than the memory for keys and values holds.
   *
   * @param parts of the work
   * @param tokens of the longest prompt and its answer
   */
  public int workers(int parts, long tokens) {
    int wanted =
        settings
            .options()
            .workers()
            .orElseGet(
                () -> model.device().isCpu() ? Math.min(Workers.MOST, Libtorch.threads()) : 1);
    long held = new Generator(model, settings).held(tokens);
    return (int) Math.clamp(Math.min(parts, held), 1, wanted);
  }

  private String name() {
    return checkpoint.folder().toString();
  }

  /** The weights themselves, for benchmarks and for what trains or inspects them. */
  public LanguageModel model() {
    return model;
  }

  /** What of it decides a stage's results; reads every byte of the weights. */
  public StageIdentity identity() {
    return ModelIdentity.of(checkpoint, model.config(), model.dtype(), template);
  }

  public EngineSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    resources.close();
  }
}
