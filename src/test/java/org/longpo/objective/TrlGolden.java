package org.longpo.objective;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.longpo.files.Json;

/** What {@code references/make_objective_golden.py} wrote. */
record TrlGolden(
    Map<String, String> versions, long seed, Map<String, List<double[]>> inputs, List<Case> cases) {

  /** One loss of TRL's; gradients by pair and token. */
  record Case(
      String objective,
      Map<String, Double> settings,
      List<Integer> pairs,
      double loss,
      List<double[]> gradient_chosen,
      List<double[]> gradient_rejected,
      List<double[]> gradient_prompt,
      Map<String, Double> metrics) {
    double setting(String name) {
      return Objects.requireNonNull(settings.get(name), name);
    }
  }

  static TrlGolden read() throws IOException {
    try (InputStream in = TrlGolden.class.getResourceAsStream("trl-golden.json")) {
      return Json.mapper().readValue(Objects.requireNonNull(in), TrlGolden.class);
    }
  }

  double[] input(String name, int pair) {
    return Objects.requireNonNull(inputs.get(name), name).get(pair);
  }
}
