package org.longpo.evaluation.haystack;

import java.util.List;
import org.longpo.text.Prompt;

/**
 * A filled context with its prompts.
 *
 * @param context what the model reads, planted texts included
 * @param prompts one per question
 * @param depthPercents where each planted text really stands: share of the haystack's tokens before
 *     it
 */
public record Haystack(String context, List<Prompt> prompts, List<Double> depthPercents) {}
