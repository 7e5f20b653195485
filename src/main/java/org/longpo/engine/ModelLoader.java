package org.longpo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ElementType;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.LayerType;
import org.longpo.checkpoint.LowRankChange;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.checkpoint.Norms;
import org.longpo.checkpoint.TensorEntry;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/** Makes a {@link LanguageModel} from weights under their Hugging Face names. */
public final class ModelLoader {
  private final String name;
  private final ModelConfig config;
  private final Function<String, Parameter> parameters;
  private final Adapters adapters;

  private ModelLoader(
      String name, ModelConfig config, Function<String, Parameter> parameters, Adapters adapters) {
    this.name = name;
    this.config = config;
    this.parameters = parameters;
    this.adapters = adapters;
  }

  /** Gives a projection its adapter, if it has one. */
  private interface Adapters {
    Adapters NONE = (module, weight) -> null;

    @Nullable LowRankAdapter of(String module, Parameter weight);
  }

  /**
   * A frozen model, for scoring and generation. Weights that have the requested type already are
   * used where they are mapped: the checkpoint must stay open as long as the model is used.
   *
   * @throws org.longpo.error.UserError if a weight is not finite
   */
  public static LanguageModel frozen(
      Checkpoint checkpoint, ModelConfig config, DType dtype, Device device) {
    String model = nameOf(checkpoint);
    return new ModelLoader(
            model, config, name -> parameter(checkpoint, name, dtype, device, false), Adapters.NONE)
        .assemble();
  }

  /** Whether a frozen model uses a weight where it is mapped, without memory of its own. */
  public static boolean isMapped(Checkpoint checkpoint, String name, DType dtype, Device device) {
    return device.isCpu()
        && dtypeOf(checkpoint.tensor(name).type()) == dtype
        && checkpoint.change(name).isEmpty();
  }

  /** A model with its own copy of the weights and with gradients, in the scope open now. */
  public static LanguageModel trainable(
      Checkpoint checkpoint, ModelConfig config, DType dtype, Device device) {
    return trainable(checkpoint, config, dtype, device, Tuning.FULL, 0);
  }

  /**
   * A model some of whose weights are trained, in the scope open now. Only those have gradients;
   * the others are used where they are mapped if they have the requested type, so the checkpoint
   * must stay open as long as the model is used.
   *
   * @param seed decides the adapters' first values
   * @throws org.longpo.error.UserError if no weight is trained, a pattern matches no weight, or a
   *     weight is not finite
   */
  public static LanguageModel trainable(
      Checkpoint checkpoint,
      ModelConfig config,
      DType dtype,
      Device device,
      Tuning tuning,
      long seed) {
    String model = nameOf(checkpoint);
    return trainable(
        model,
        config,
        (name, trained) -> parameter(checkpoint, name, dtype, device, trained),
        tuning,
        seed);
  }

  /** Gives a weight by its name, with a gradient if it is trained. */
  @FunctionalInterface
  interface Weights {
    Parameter of(String name, boolean trained);
  }

  static LanguageModel trainable(
      String model, ModelConfig config, Weights weights, Tuning tuning, long seed) {
    Set<String> trained =
        tuning.trained(config).stream().map(ExpectedTensor::name).collect(Collectors.toSet());
    Adapters adapters =
        tuning
            .lora()
            .<Adapters>map(
                lora ->
                    (module, weight) ->
                        lora.targets(module)
                            ? trainable(LowRankAdapter.create(module, weight, lora, seed), trained)
                            : null)
            .orElse(Adapters.NONE);
    return new ModelLoader(
            model, config, name -> weights.of(name, trained.contains(name)), adapters)
        .assemble();
  }

  private static LowRankAdapter trainable(LowRankAdapter adapter, Set<String> trained) {
    for (Parameter parameter : List.of(adapter.a(), adapter.b())) {
      if (trained.contains(parameter.name())) {
        parameter.train();
      }
    }
    return adapter;
  }

  /** The name of the model in errors: the folder as the user gave it. */
  private static String nameOf(Checkpoint checkpoint) {
    return checkpoint.folder().toString();
  }

  /** The tensor type of a checkpoint's element type. */
  public static DType dtypeOf(ElementType type) {
    return switch (type) {
      case F64 -> DType.FLOAT64;
      case F32 -> DType.FLOAT32;
      case F16 -> DType.FLOAT16;
      case BF16 -> DType.BFLOAT16;
      case I64, I32, I16, I8, U8, BOOL ->
          throw new IllegalArgumentException("weights are never of type " + type);
    };
  }

  private LanguageModel assemble() {
    Parameter embedding = parameters.apply(ExpectedTensors.EMBEDDING);
    List<TransformerBlock> blocks = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      blocks.add(block("model.layers." + layer + ".", config.attention().layerTypes().get(layer)));
    }
    Parameter head = config.tiedEmbeddings() ? embedding : parameters.apply(ExpectedTensors.HEAD);
    return new LanguageModel(
        ModelName.of(name),
        config,
        ModelWeights.resident(
            embedding,
            blocks,
            new ModelWeights.OutputHead(norm("model.norm"), new Linear(head, null))),
        embedding.value().dtype(),
        embedding.value().device());
  }

  private TransformerBlock block(String prefix, LayerType type) {
    Norms.Places places = config.blocks().norms().places();
    return new TransformerBlock(
        new TransformerBlock.BlockNorms(
            norm(prefix, places.beforeAttention()),
            norm(prefix, places.afterAttention()),
            norm(prefix, places.beforeMlp()),
            norm(prefix, places.afterMlp())),
        attention(prefix + "self_attn."),
        mlp(prefix + "mlp."),
        type);
  }

  private TransformerBlock.AttentionWeights attention(String prefix) {
    boolean biased = config.blocks().biases().queryKeyValue();
    return new TransformerBlock.AttentionWeights(
        config.headDim(),
        linear(prefix + "q_proj", biased),
        linear(prefix + "k_proj", biased),
        linear(prefix + "v_proj", biased),
        headNorm(prefix + "q_norm"),
        headNorm(prefix + "k_norm"),
        linear(prefix + "o_proj", config.blocks().biases().output()));
  }

  private TransformerBlock.Mlp mlp(String prefix) {
    boolean biased = config.blocks().biases().mlp();
    return new TransformerBlock.Mlp(
        linear(prefix + "gate_proj", biased),
        linear(prefix + "up_proj", biased),
        linear(prefix + "down_proj", biased),
        config.blocks().activation());
  }

  private @Nullable RmsNorm headNorm(String name) {
    return config.attention().queryKeyNorm() ? norm(name) : null;
  }

  private RmsNorm norm(String name) {
    return new RmsNorm(parameters.apply(name + ".weight"), config.blocks().norms());
  }

  private @Nullable RmsNorm norm(String prefix, Optional<String> name) {
    return name.isPresent() ? norm(prefix + name.get()) : null;
  }

  private Linear linear(String name, boolean biased) {
    Parameter weight = parameters.apply(name + ".weight");
    Parameter bias = biased ? parameters.apply(name + ".bias") : null;
    return new Linear(weight, bias, adapters.of(name, weight));
  }

  private static Parameter parameter(
      Checkpoint checkpoint, String name, DType dtype, Device device, boolean trainable) {
    TensorEntry entry = checkpoint.tensor(name);
    try (Scope scope = Scope.open()) {
      Tensor whole = whole(checkpoint, name, dtype);
      Tensor value = whole.to(dtype).to(device);
      FiniteWeights.require(nameOf(checkpoint), entry.name(), whole, value);
      boolean copied = trainable && isMapped(checkpoint, name, dtype, device);
      Parameter parameter = new Parameter(entry.name(), scope.keep(copied ? value.copy() : value));
      if (trainable) {
        scope.keep(parameter.train());
      }
      return parameter;
    }
  }

  /**
   * A weight with the values that a model of the type {@code dtype} is loaded with, on the CPU, in
   * the scope open now. It may be the mapped memory of the file and must not be changed.
   */
  public static Tensor weight(Checkpoint checkpoint, String name, DType dtype) {
    return whole(checkpoint, name, dtype).to(dtype);
  }

  /** With the changes of an adapter; in the widest type of its parts. */
  private static Tensor whole(Checkpoint checkpoint, String name, DType dtype) {
    Tensor own = mapped(checkpoint.tensor(name));
    return checkpoint.change(name).map(change -> changed(own, change, dtype)).orElse(own);
  }

  private static Tensor changed(Tensor weight, LowRankChange change, DType dtype) {
    return LowRankAdapter.merged(
        weight, mapped(change.a()), mapped(change.b()), change.scale(), dtype.accumulation());
  }

  private static Tensor mapped(TensorEntry entry) {
    return Tensor.ofMemory(entry.data(), dtypeOf(entry.type()), entry.shape());
  }
}
