package org.longpo.evaluation;

/** Accuracy at one context length, over all depths. */
public record LengthScore(int length, Accuracy accuracy, MeanScore tokenF1) {}
