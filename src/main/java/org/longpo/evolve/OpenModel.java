package org.longpo.evolve;

import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.text.ChatTemplate;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;

/** A frozen model ready for use, with its tokenizer and chat template. */
public final class OpenModel implements AutoCloseable {
  private final Scope scope;
  private final Checkpoint checkpoint;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final LanguageModel model;
  private final EngineSettings settings;

  private OpenModel(
      Scope scope,
      Checkpoint checkpoint,
      Tokenizer tokenizer,
      ChatTemplate template,
      LanguageModel model,
      EngineSettings settings) {
    this.scope = scope;
    this.checkpoint = checkpoint;
    this.tokenizer = tokenizer;
    this.template = template;
    this.model = model;
    this.settings = settings;
  }

  /** Opens the model; its tensors belong to this thread until it is closed. */
  public static OpenModel open(ModelChoice choice) {
    Checkpoint checkpoint = Checkpoint.open(choice.folder());
    try {
      Tokenizer tokenizer = Tokenizer.load(choice.folder());
      ChatTemplate template = ChatTemplate.load(choice.folder(), tokenizer);
      Device device = Device.parse(choice.device());
      ModelConfig config = choice.applyTo(checkpoint.config());
      KernelProbe probe = KernelProbe.ofUser();
      DType dtype = choice.resolveDtype(config, device, probe);
      EngineSettings settings =
          EngineSettings.defaults(probe.choose(dtype, device, config.headDim()));
      Scope scope = Scope.open();
      return new OpenModel(
          scope,
          checkpoint,
          tokenizer,
          template,
          ModelLoader.frozen(checkpoint, config, dtype, device),
          settings);
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
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

  public LanguageModel model() {
    return model;
  }

  public EngineSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    scope.close();
    tokenizer.close();
    checkpoint.close();
  }
}
