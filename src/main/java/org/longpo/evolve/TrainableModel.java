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

/** A model with weights of its own and room for gradients. */
public final class TrainableModel implements AutoCloseable {
  private final Scope scope;
  private final LanguageModel model;
  private final EngineSettings settings;

  private TrainableModel(Scope scope, LanguageModel model, EngineSettings settings) {
    this.scope = scope;
    this.model = model;
    this.settings = settings;
  }

  /** Copies the weights of a checkpoint; they belong to this thread until it is closed. */
  public static TrainableModel open(ModelChoice choice) {
    try (Checkpoint checkpoint = Checkpoint.open(choice.folder())) {
      Device device = Device.parse(choice.device());
      ModelConfig config = choice.applyTo(checkpoint.config());
      KernelProbe probe = KernelProbe.ofUser();
      DType dtype = choice.resolveDtype(config, device, probe);
      EngineSettings settings =
          EngineSettings.defaults(probe.choose(dtype, device, config.headDim()));
      Scope scope = Scope.open();
      return new TrainableModel(
          scope, ModelLoader.trainable(checkpoint, config, dtype, device), settings);
    }
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
  }
}
