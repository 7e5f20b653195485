package org.longpo.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.TagNode;

/**
 * {@code generation}: transformers lets templates mark what the assistant wrote. The mark itself
 * writes nothing; our masks come from the sampled ids instead.
 */
final class GenerationTag implements Tag {
  private static final long serialVersionUID = 1L;

  @Override
  public String interpret(TagNode node, JinjavaInterpreter interpreter) {
    return PythonForTag.render(node.getChildren(), interpreter);
  }

  @Override
  public String getName() {
    return "generation";
  }

  @Override
  public String getEndTagName() {
    return "endgeneration";
  }
}
