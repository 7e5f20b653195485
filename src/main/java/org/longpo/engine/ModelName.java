package org.longpo.engine;

import java.util.function.IntFunction;

/**
 * The names of a model and its tokens in errors.
 *
 * @param model the folder it came from
 * @param token the string of a token id, empty where it is not known
 */
public record ModelName(String model, IntFunction<String> token) {
  /** A model whose tokens have no known strings. */
  static ModelName of(String model) {
    return new ModelName(model, id -> "");
  }
}
