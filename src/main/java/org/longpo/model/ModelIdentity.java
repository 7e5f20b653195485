package org.longpo.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.longpo.checkpoint.Checkpoint;
import org.longpo.checkpoint.ModelConfig;
import org.longpo.engine.attention.KernelProbe;
import org.longpo.files.ModelFolder;
import org.longpo.files.Sha256;
import org.longpo.files.StageIdentity;
import org.longpo.tensor.DType;
import org.longpo.tensor.Device;
import org.longpo.text.ChatTemplate;
import org.longpo.text.Message;
import org.longpo.text.Tokenizer;

/** What of a model decides a stage's results, by content: the part that all stages have. */
public final class ModelIdentity {
  /** The settings of the chat template, by their name in an identity. */
  public static final String CHAT = "chat";

  /** As a message names it, beside the fingerprint. */
  public static final String WEIGHTS = "model weights or config.json";

  /** All that tokens, prompts and the end of an answer can depend on; those that are there. */
  private static final List<String> TEXT_FILES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "generation_config.json",
          "chat_template.jinja");

  private ModelIdentity() {}

  /** Reads every byte of the weights, but loads none. */
  public static StageIdentity of(ModelChoice choice) {
    try (Checkpoint checkpoint = Checkpoint.open(choice.folder());
        Tokenizer tokenizer = Tokenizer.load(choice.folder())) {
      ModelConfig config = choice.applyTo(checkpoint.config());
      DType dtype =
          choice.resolveDtype(checkpoint, Device.parse(choice.device()), KernelProbe.ofUser());
      ChatTemplate template = ChatTemplate.load(choice.folder(), tokenizer, choice.chat());
      return of(checkpoint, config, dtype, template);
    }
  }

  /**
   * @param config with the position embedding that the stage uses
   */
  public static StageIdentity of(
      Checkpoint checkpoint, ModelConfig config, DType dtype, ChatTemplate template) {
    return StageIdentity.of("model")
        .withContent(WEIGHTS, checkpoint.sha256())
        .withFiles("tokenizer and template files", textFiles(checkpoint))
        .withContent("chat template", template.sha256())
        .withContent(
            "rendered chat template",
            Sha256.of(
                template.render(List.of(Message.user("?")), true).getBytes(StandardCharsets.UTF_8)))
        .withSetting(CHAT, template.settings())
        .withSetting("dtype", dtype.toString())
        .withSetting("rope", config.rope().toString());
  }

  private static Map<String, String> textFiles(Checkpoint checkpoint) {
    ModelFolder folder = ModelFolder.of(checkpoint.folder());
    Map<String, String> hashes = new LinkedHashMap<>();
    TEXT_FILES.stream()
        .filter(folder::has)
        .forEach(name -> hashes.put(name, Sha256.of(folder.required(name))));
    return hashes;
  }
}
