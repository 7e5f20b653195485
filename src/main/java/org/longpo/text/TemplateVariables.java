package org.longpo.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.longpo.settings.DerivedDefault;
import org.longpo.settings.SuppliedValues;
import org.longpo.settings.ValueType;
import org.longpo.settings.ValueTypes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The option {@code chat_template_kwargs}: a JSON object whose values are added to the default. */
final class TemplateVariables implements ValueType.Factory {
  /** The default: models that can answer without reasoning do so. */
  static final class WithoutReasoning implements DerivedDefault {
    @Override
    public Optional<?> of(Map<String, Object> options, SuppliedValues supplied) {
      return Optional.of(ChatSettings.DEFAULTS.templateVariables());
    }
  }

  /** Variables that the program sets itself. */
  private static final List<String> OURS = List.of("messages", "add_generation_prompt");

  @Override
  public ValueType<?> create() {
    ValueType<ObjectNode> json = ValueTypes.object("{\"enable_thinking\": true}");
    return new ValueType<>(
        json.label(),
        json.expected() + ", without " + String.join(" and ", OURS),
        List.of(),
        json.shape(),
        words -> json.parse(words).filter(TemplateVariables::isAllowed).map(TemplateVariables::all),
        ValueTypes::json);
  }

  private static boolean isAllowed(ObjectNode object) {
    return OURS.stream().noneMatch(object::has);
  }

  private static Map<String, JsonNode> all(ObjectNode object) {
    Map<String, JsonNode> own = new LinkedHashMap<>();
    object.properties().forEach(entry -> own.put(entry.getKey(), entry.getValue()));
    return ChatSettings.DEFAULTS.withVariables(own).templateVariables();
  }
}
