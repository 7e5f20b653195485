package org.longpo.model;

import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.EngineSettings;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.ModelLoader;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;

/** A model's weights without a tokenizer: benchmarks need no more. */
public final class LoadedWeights implements AutoCloseable {
  private final Resources resources;
  private final LanguageModel model;
  private final EngineSettings settings;

  private LoadedWeights(Resources resources, LanguageModel model, EngineSettings settings) {
    this.resources = resources;
    this.model = model;
    this.settings = settings;
  }

  /** Opens the weights; their tensors belong to this thread until the model is closed. */
  public static LoadedWeights open(ModelChoice choice) {
    return Resources.open(
        resources -> load(choice, resources.add(Checkpoint.open(choice.folder())), resources));
  }

  /** Loads the weights of a checkpoint that {@code resources} closes. */
  static LoadedWeights load(ModelChoice choice, Checkpoint checkpoint, Resources resources) {
    Device device = Device.parse(choice.device());
    ModelConfig config = choice.applyTo(checkpoint.config());
    KernelProbe probe = KernelProbe.ofUser();
    DType dtype = choice.resolveDtype(checkpoint, device, probe);
    EngineSettings settings =
        new EngineSettings(choice.engine(), probe.choose(dtype, device, config.headDim()));
    resources.add(Scope.open());
    return new LoadedWeights(
        resources, ModelLoader.frozen(checkpoint, config, dtype, device), settings);
  }

  public LanguageModel model() {
    return model;
  }

  public EngineSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    resources.close();
  }
}
