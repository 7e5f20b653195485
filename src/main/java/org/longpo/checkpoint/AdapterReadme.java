package org.longpo.checkpoint;

import java.util.List;
import org.longpo.files.Json;
import tools.jackson.databind.node.ObjectNode;

/** The {@code README.md} of an adapter's folder: how to load the adapter. */
final class AdapterReadme {
  private AdapterReadme() {}

  /**
   * @param base the folder of the base
   * @param settings the base's settings that the adapter was trained with
   */
  static String of(
      String base, int rank, double alpha, List<String> targetModules, ObjectNode settings) {
    return """
    # LoRA adapter

    Trained with longpo on the model in `%1$s`: rank %2$d, alpha %3$s, on %4$s.

    It was trained with these settings of that model's configuration, which PEFT's format has no
    place for. They also stand in the metadata of `adapter_model.safetensors`.

    ```json
    %5$s
    ```

    Under the base's own settings, where they are others, the adapter gives another model than the
    one that was trained, without any error. So give them to the base:

    ```python
    import json

    from peft import PeftModel
    from safetensors import safe_open
    from transformers import AutoConfig, AutoModelForCausalLM

    base = %6$s
    adapter = "."  # the folder of this file

    with safe_open(f"{adapter}/adapter_model.safetensors", "pt") as file:
        settings = json.loads(file.metadata()["base_config"])
    config = AutoConfig.from_pretrained(base)
    for key, value in settings.items():
        setattr(config, key, value)
    model = AutoModelForCausalLM.from_pretrained(base, config=config)
    model = PeftModel.from_pretrained(model, adapter)
    ```

    longpo accepts this folder as `--model` and does the same.
    """
        .formatted(
            base,
            rank,
            alpha,
            String.join(", ", targetModules),
            Json.pretty(settings).strip(),
            Json.line(base));
  }
}
