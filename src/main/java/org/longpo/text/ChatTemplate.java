package org.longpo.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;
import org.longpo.files.Json;
import org.longpo.files.ModelFolder;
import org.longpo.files.Sha256;
import org.longpo.files.Utf8File;
import org.longpo.jinja.Template;
import tools.jackson.databind.JsonNode;

/**
 * A checkpoint's chat template: messages to text, as transformers' {@code apply_chat_template} with
 * {@code tokenize=False}.
 *
 * <p>Read from {@code chat_template.jinja}, else from {@code chat_template} of {@code
 * tokenizer_config.json}: one template, or a list of named ones of which {@code default} is taken.
 *
 * <p><b>A model without a template</b> gets a plain one: the begin token if the tokenizer's
 * configuration requires it ({@code add_bos_token}), then every system and user message followed by
 * an empty line, every answer by the end token (an empty line too where there is none). The names
 * of the roles are not written, because such a model was not trained with them.
 */
public final class ChatTemplate {

  private static final String PLAIN =
      """
      {%- if add_bos_token and bos_token %}{{ bos_token }}{% endif %}
      {%- for message in messages %}
        {{- message.content }}
        {%- if message.role == 'assistant' and eos_token %}{{ eos_token }}
        {%- else %}{{ '\\n\\n' }}
        {%- endif %}
      {%- endfor %}
      """;

  /** What {@link #PLAIN} writes after a message that the model answers. */
  private static final String AFTER_MESSAGE = "\n\n";

  private static final String OWN_FILE = "chat_template.jinja";

  private final String sha256;
  private final Template engine;
  private final boolean fallback;
  private final Map<String, Object> variables;
  private final ChatSettings settings;

  private ChatTemplate(Optional<Source> own, Tokenizer tokenizer, ChatSettings settings) {
    Source source = own.orElse(new Source(PLAIN, "the template of models without one"));
    this.sha256 = Sha256.of(source.text().getBytes(StandardCharsets.UTF_8));
    this.engine = Template.parse(source.text(), source.where());
    this.fallback = own.isEmpty();
    this.variables = variables(tokenizer, fallback);
    this.settings = engine.usesClock() ? settings : settings.withDate(Optional.empty());
    settings.templateVariables().forEach((name, value) -> variables.put(name, plain(value)));
  }

  /**
   * Reads the template of the model folder that {@code tokenizer} was loaded from.
   *
   * @param settings the date may be missing until something is rendered
   * @throws UserError if the folder names a template but none that can be used; where one cannot be
   *     read or uses what is not supported, the error names file, line and construct
   */
  public static ChatTemplate load(Path modelFolder, Tokenizer tokenizer, ChatSettings settings) {
    return new ChatTemplate(find(modelFolder, tokenizer), tokenizer, settings);
  }

  /** The template without variables or a date; a stage that has settings must pass them on. */
  static ChatTemplate load(Path modelFolder, Tokenizer tokenizer) {
    return load(modelFolder, tokenizer, ChatSettings.NONE);
  }

  /** Whether the model has no template of its own, so that the plain one is used. */
  public boolean isFallback() {
    return fallback;
  }

  /**
   * A conversation rendered up to where text that begins the answer stands: after the opening of
   * the answer or, where the model has no template and so no opening, right after the last message,
   * as a model continues plain text.
   *
   * @throws UserError with the template's own message if it refuses the conversation
   */
  String renderBeforeBegun(List<Message> messages) {
    String opened = render(messages, /* addGenerationPrompt= */ true);
    return fallback ? opened.substring(0, opened.length() - AFTER_MESSAGE.length()) : opened;
  }

  /** Of the template's text, whichever file has it. */
  public String sha256() {
    return sha256;
  }

  /** Whether the template uses the time, so that it must be given a date. */
  public boolean usesClock() {
    return engine.usesClock();
  }

  /** The given settings, the date only where the template uses it. */
  public ChatSettings settings() {
    return settings;
  }

  /**
   * The conversation as the template writes it.
   *
   * @param addGenerationPrompt whether it ends with the opening of the assistant's next message
   * @throws UserError with the template's own message if it refuses the conversation
   * @throws IllegalStateException if the template uses a date and none was given
   */
  public String render(List<Message> messages, boolean addGenerationPrompt) {
    Map<String, Object> all = new HashMap<>(variables);
    all.put("messages", messages.stream().map(ChatTemplate::variable).toList());
    all.put("add_generation_prompt", addGenerationPrompt);
    if (engine.usesClock() && settings.date().isEmpty()) {
      throw new IllegalStateException("the chat template uses the date, and none was given");
    }
    return engine.render(all, settings.date().orElse(LocalDateTime.MIN));
  }

  /** In this order, which a template sees when it writes a message as JSON. */
  private static Map<String, String> variable(Message message) {
    Map<String, String> variable = new LinkedHashMap<>();
    variable.put("role", message.role().templateName());
    variable.put("content", message.content());
    return variable;
  }

  private static Map<String, Object> variables(Tokenizer tokenizer, boolean fallback) {
    Map<String, Object> variables = new HashMap<>(tokenizer.namedTokens());
    // transformers always gives these; a template may test whether they are defined or none.
    variables.put("tools", null);
    variables.put("documents", null);
    if (fallback) {
      variables.put(
          "add_bos_token", tokenizer.files().config().path("add_bos_token").asBoolean(false));
    }
    return variables;
  }

  /** A value as the engine has it. */
  private static @Nullable Object plain(JsonNode value) {
    return Json.mapper().treeToValue(value, Object.class);
  }

  /** A template and the file that holds it. */
  private record Source(String text, String where) {}

  private static Optional<Source> find(Path folder, Tokenizer tokenizer) {
    ModelFolder files = ModelFolder.of(folder);
    return find(files, tokenizer.files().config())
        // An adapter with a tokenizer of its own but without a template.
        .or(() -> files.base().flatMap(base -> find(base, TokenizerFiles.config(base))));
  }

  private static Optional<Source> find(ModelFolder files, JsonNode config) {
    if (files.has(OWN_FILE)) {
      Path file = files.required(OWN_FILE);
      return Optional.of(new Source(Utf8File.read(file).text(), file.toString()));
    }
    JsonNode given = config.path("chat_template");
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    String where = files.path().resolve(TokenizerFiles.CONFIG).toString();
    if (given.isString()) {
      return Optional.of(new Source(given.asString(), where));
    }
    for (JsonNode named : given) {
      if (named.path("name").asString("").equals("default") && named.path("template").isString()) {
        return Optional.of(new Source(named.path("template").asString(), where));
      }
    }
    throw new UserError(
        where + ": chat_template is neither a template nor a list with one named default.");
  }
}
