package org.longpo.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.checkpoint.AdapterWriter;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.CheckpointWriter;
import org.longpo.checkpoint.ExpectedTensors;
import org.longpo.checkpoint.ExpectedTensors.ExpectedTensor;
import org.longpo.checkpoint.ExportSettings;
import org.longpo.checkpoint.OutputTensor;
import org.longpo.checkpoint.RopeScaling;
import org.longpo.checkpoint.SafetensorsFile;
import org.longpo.engine.LanguageModel;
import org.longpo.engine.LeasedTensor;
import org.longpo.engine.LoraSettings;
import org.longpo.engine.LowRankAdapter;
import org.longpo.engine.ModelLoader;
import org.longpo.error.UserError;
import org.longpo.tensor.DType;
import org.longpo.tensor.Scope;
import org.longpo.tensor.Tensor;

/**
 * Writes what a run trained: a checkpoint that transformers loads, an adapter that PEFT loads, or
 * both. What is there already stays.
 *
 * @param source the folder of {@code checkpoint}, whose types of weights are kept
 */
public record ModelExport(
    Checkpoint checkpoint, Path source, LanguageModel model, TrainingSettings settings) {
  /**
   * @param longest tokens of the longest sequence that was trained on
   * @throws UserError if no weight differs from those that the run began with, or one is not finite
   */
  public void write(int longest, Path modelFolder, Path adapterFolder) {
    ExportSettings export = export(longest);
    Optional<LoraSettings> lora = settings.tuning().lora();
    requireChange(settings.exportsModel() ? modelFolder : adapterFolder);
    if (lora.isPresent() && !Files.isDirectory(adapterFolder)) {
      AdapterWriter.write(
          source,
          export,
          lora.get().rank(),
          lora.get().alpha(),
          lora.get().targetModules(),
          adapterTensors(lora.get()),
          adapterFolder);
    }
    if (settings.exportsModel() && !Files.isDirectory(modelFolder)) {
      CheckpointWriter.write(source, export, modelTensors(), modelFolder);
    }
  }

  /** Takes an adapter that was written before, so that it can be merged again. */
  public void readAdapter(Path adapterFolder) {
    Map<String, LeasedTensor> values = model.parts().values();
    try (SafetensorsFile stored =
        SafetensorsFile.open(adapterFolder.resolve(AdapterWriter.WEIGHTS))) {
      stored
          .tensors()
          .forEach(
              (name, entry) ->
                  required(values, name.substring(AdapterWriter.PREFIX.length()))
                      .use(tensor -> TensorBytes.restore(entry, tensor)));
    }
  }

  /**
   * Compares as it is stored: what moved by less than the type can tell has not changed. The
   * weights before are those that the model was loaded with, not the bytes of the files: an adapter
   * or another type to compute in may lie between.
   *
   * @param result for the message
   */
  private void requireChange(Path result) {
    boolean isChanged =
        settings.exportsModel()
            ? modelTensors().stream()
                .filter(tensor -> isTrained(tensor.name()))
                .anyMatch(this::isChanged)
            // The product of an adapter is 0 until its B is not.
            : model.parts().trainedValues().entrySet().stream()
                .anyMatch(
                    weight -> LowRankAdapter.isB(weight.getKey()) && isNotZero(weight.getValue()));
    if (!isChanged) {
      throw new UserError(
          "Training changed no weight of %s, so %s is not written: it would be the same model; raise learning_rate, train for more steps, or look at the losses in %s."
              .formatted(source, result, TrainingFolder.METRICS));
    }
  }

  private boolean isChanged(OutputTensor tensor) {
    try (Scope ignored = Scope.open()) {
      Tensor before = ModelLoader.weight(checkpoint, tensor.name(), model.dtype());
      return differs(tensor, before.to(ModelLoader.dtypeOf(tensor.type())).contiguous().memory());
    }
  }

  /** Itself or through its adapter, which changes nothing while its B is 0. */
  private boolean isTrained(String weight) {
    LeasedTensor b =
        model.parts().values().get(LowRankAdapter.nameOfB(LowRankAdapter.module(weight)));
    return (b != null && isNotZero(b)) || model.parts().trainedValues().containsKey(weight);
  }

  private static boolean differs(OutputTensor tensor, MemorySegment before) {
    long[] at = {0};
    boolean[] differs = {false};
    try {
      tensor
          .content()
          .writeTo(
              bytes -> {
                differs[0] |= before.asSlice(at[0], bytes.byteSize()).mismatch(bytes) >= 0;
                at[0] += bytes.byteSize();
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return differs[0];
  }

  private static boolean isNotZero(LeasedTensor weight) {
    boolean[] isNotZero = {false};
    try (Scope ignored = Scope.open()) {
      weight.use(value -> isNotZero[0] = value.to(DType.FLOAT64).square().sum().item() != 0);
    }
    return isNotZero[0];
  }

  private ExportSettings export(int longest) {
    ExportSettings export = ExportSettings.unchanged().withRope(model.config().rope());
    // Only where frequencies do not depend on it: it tells how far the model was trained.
    return model.config().rope().scaling() instanceof RopeScaling.Default
            && longest > model.config().maxPositionEmbeddings()
        ? export.withMaxPositionEmbeddings(longest)
        : export;
  }

  private List<OutputTensor> adapterTensors(LoraSettings lora) {
    Map<String, LeasedTensor> values = model.parts().values();
    List<OutputTensor> tensors = new ArrayList<>();
    lora.tensors(model.config())
        .forEach(
            tensor ->
                tensors.add(TensorBytes.output(tensor.name(), required(values, tensor.name()))));
    return tensors;
  }

  private static LeasedTensor required(Map<String, LeasedTensor> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private List<OutputTensor> modelTensors() {
    Map<String, LeasedTensor> values = model.parts().values();
    List<OutputTensor> tensors = new ArrayList<>();
    for (ExpectedTensor expected : ExpectedTensors.of(model.config())) {
      String name = expected.name();
      DType stored = ModelLoader.dtypeOf(checkpoint.tensor(name).type());
      String module = LowRankAdapter.module(name);
      // Leased with the weight that they change.
      LeasedTensor a = values.get(LowRankAdapter.nameOfA(module));
      LeasedTensor b = values.get(LowRankAdapter.nameOfB(module));
      tensors.add(
          TensorBytes.output(name, required(values, name), stored, weight -> merged(weight, a, b)));
    }
    return tensors;
  }

  /** {@code W + scale * B A}, in the accumulation type; W itself where there is no adapter. */
  private Tensor merged(Tensor weight, @Nullable LeasedTensor a, @Nullable LeasedTensor b) {
    if (a == null || b == null) {
      return weight;
    }
    double scale = settings.tuning().lora().orElseThrow().scale();
    return LowRankAdapter.merged(
        weight, a.source().get(), b.source().get(), scale, weight.dtype().accumulation());
  }
}
