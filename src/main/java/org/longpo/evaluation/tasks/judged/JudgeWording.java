package org.longpo.evaluation.tasks.judged;

import java.util.Map;
import org.longpo.evaluation.Placeholder;

/**
 * The wording of what a judge is asked.
 *
 * @param system the system prompt
 * @param template of the user's message, with names in braces
 */
record JudgeWording(String system, String template) {
  /** What a judge is asked, with what stands for the names. */
  JudgeRequest of(Map<String, String> values) {
    return new JudgeRequest(system, Placeholder.filled(template, values));
  }
}
