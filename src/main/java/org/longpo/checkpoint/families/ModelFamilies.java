package org.longpo.checkpoint.families;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.longpo.checkpoint.ConfigObject;
import org.longpo.checkpoint.ModelFamily;
import org.longpo.error.UserError;

/** The model families that there are. */
public record ModelFamilies(List<ModelFamily> families) {
  /** A new family is its class and one more line. */
  public static final ModelFamilies ALL =
      new ModelFamilies(
          List.of(
              new Llama(), //
              new Mistral(),
              new Qwen2(),
              new Qwen3(),
              new Gemma3Text()));

  public ModelFamilies {
    families = List.copyOf(families);
  }

  /** These and one more. */
  public ModelFamilies with(ModelFamily family) {
    List<ModelFamily> more = new ArrayList<>(families);
    more.add(family);
    return new ModelFamilies(more);
  }

  /**
   * The family of a config.json: by {@code model_type}, as transformers chooses; {@code
   * architectures} must not contradict it.
   *
   * @throws UserError if it is none of these
   */
  public ModelFamily of(ConfigObject config) {
    List<String> architectures = config.nullableStrings("architectures").orElse(List.of());
    String architecture = architectures.isEmpty() ? "" : architectures.getFirst();
    Optional<String> modelType = config.nullableString("model_type");
    modelType.ifPresent(name -> refuseRelative(name, config));
    return families.stream()
        .filter(family -> modelType.orElse(family.modelType()).equals(family.modelType()))
        .filter(
            family ->
                architecture.equals(family.architecture())
                    || (architecture.isEmpty() && modelType.isPresent()))
        .findFirst()
        .orElseThrow(() -> unsupported(config, architecture, modelType));
  }

  private void refuseRelative(String modelType, ConfigObject config) {
    for (ModelFamily family : families) {
      String reason = family.unsupportedRelatives().get(modelType);
      if (reason != null) {
        throw new UserError(config.where() + ": model_type is " + modelType + ", " + reason);
      }
    }
  }

  private UserError unsupported(
      ConfigObject config, String architecture, Optional<String> modelType) {
    return new UserError(
        "%s describes the architecture %s (model_type %s), which is not supported; supported are %s."
            .formatted(
                config.where(),
                architecture.isEmpty() ? "(none named)" : architecture,
                modelType.orElse("(none named)"),
                families.stream()
                    .map(ModelFamily::architecture)
                    .collect(Collectors.joining(", "))));
  }
}
