package org.longpo.evaluation.longtext;

import java.util.Map;
import org.longpo.evaluation.Placeholder;

/**
 * A benchmark's prompt.
 *
 * @param template has {@code {context}} once and other names in braces; what stands for a name is
 *     never searched for names
 */
public record Wording(String template) {
  private static final String CONTEXT = "{context}";

  public Wording {
    Placeholder.only(template, CONTEXT);
  }

  /** The prompt up to the text, with what stands for the other names. */
  public String before(Map<String, String> values) {
    return Placeholder.filled(template.substring(0, template.indexOf(CONTEXT)), values);
  }

  /** The prompt from the text's end on. */
  public String after(Map<String, String> values) {
    return Placeholder.filled(
        template.substring(template.indexOf(CONTEXT) + CONTEXT.length()), values);
  }
}
