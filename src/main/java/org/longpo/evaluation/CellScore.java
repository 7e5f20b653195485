package org.longpo.evaluation;

/** Accuracy at one context length and one depth: a cell of the heat map. */
public record CellScore(int length, double depthPercent, Accuracy accuracy) {}
