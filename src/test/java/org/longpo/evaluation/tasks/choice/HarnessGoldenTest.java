package org.longpo.evaluation.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.longpo.evaluation.ItemBatch;
import org.longpo.evaluation.ItemResult;
import org.longpo.evaluation.Sample;
import org.longpo.evaluation.TaskContext;
import org.longpo.evaluation.TaskItem;
import org.longpo.evaluation.WordModel;
import org.longpo.files.Json;
import org.longpo.inference.Model;
import org.longpo.inference.Scorer;
import org.longpo.text.ChatSettings;
import org.longpo.text.ChatTemplate;
import org.longpo.text.GoldenModel;
import org.longpo.text.PromptEncoder;
import org.longpo.text.Tokenizer;
import tools.jackson.databind.JsonNode;

/**
 * Ids and scores of all items are those of lm-evaluation-harness 0.4.13
 * (references/make_choice_golden.py).
 */
class HarnessGoldenTest {
  @TempDir Path folder;

  static Stream<JsonNode> recordings() {
    Path file = Path.of("src/test/resources/org/longpo/evaluation/tasks/choice/golden.json");
    return Json.read(file, JsonNode.class).valueStream();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void shouldAskAndScoreAsTheHarness(JsonNode golden) {
    JsonNode template = golden.get("template");
    boolean isChat = template.isString();
    Path model =
        GoldenModel.create(
            folder.resolve("model"),
            golden.get("tokenizer").stringValue(),
            isChat ? template.stringValue() : "chatml");
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      PromptEncoder prompts =
          new PromptEncoder(tokenizer, ChatTemplate.load(model, tokenizer, ChatSettings.DEFAULTS));
      List<TaskItem> items =
          ChoiceTests.plan(
                  ChoiceTests.task(golden.get("task").stringValue()),
                  ChoiceTests.DATA,
                  golden.get("shots").intValue(),
                  isChat,
                  limit(golden))
              .items()
              .apply(new TaskContext(prompts));
      Recorded recorded = Recorded.of(golden.get("items"));
      items.forEach(item -> item.check().run());
      List<ItemResult> results =
          ItemBatch.run(new Model(new WordModel(prompt -> ""), recorded), items);

      assertThat(recorded.asked).containsExactlyElementsOf(recorded.all);
      assertThat(results).hasSize(golden.get("items").size());
      for (int i = 0; i < results.size(); i++) {
        Sample sample = results.get(i).samples().getFirst();
        JsonNode expected = golden.get("items").get(i);
        assertThat(sample.values().get("acc"))
            .as("acc of item %d", i)
            .isEqualTo(expected.get("acc").doubleValue());
        JsonNode byLength = expected.get("acc_norm");
        assertThat(Optional.ofNullable(sample.values().get("acc_norm")))
            .as("acc_norm of item %d", i)
            .isEqualTo(byLength.isNull() ? Optional.empty() : Optional.of(byLength.doubleValue()));
        assertThat(sample.values().get("log_likelihood_1"))
            .isEqualTo(expected.get("options").get(1).get("log_likelihood").doubleValue());
      }
    }
  }

  private static Optional<Integer> limit(JsonNode golden) {
    JsonNode limit = golden.get("limit");
    return limit.isNull() ? Optional.empty() : Optional.of(limit.intValue());
  }

  /** Gives the recorded log-likelihoods of exactly the recorded ids. */
  private static final class Recorded implements Scorer {
    /** All that the harness asks, in its order. */
    final List<String> all = new ArrayList<>();

    final List<String> asked = new ArrayList<>();
    private final Map<String, Double> byIds = new HashMap<>();

    static Recorded of(JsonNode items) {
      Recorded recorded = new Recorded();
      for (JsonNode item : items) {
        JsonNode contexts = item.get("contexts");
        JsonNode options = item.get("options");
        for (int i = 0; i < options.size(); i++) {
          int[] context = ids(contexts.get(contexts.size() == 1 ? 0 : i));
          String key = key(context, ids(options.get(i)));
          recorded.all.add(key);
          recorded.byIds.put(key, options.get(i).get("log_likelihood").doubleValue());
        }
      }
      return recorded;
    }

    private static int[] ids(JsonNode part) {
      return part.get("ids").valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    private static String key(int[] context, int[] continuation) {
      return Arrays.toString(context) + Arrays.toString(continuation);
    }

    @Override
    public String name() {
      return "recorded";
    }

    @Override
    public String fingerprint() {
      return "recorded";
    }

    @Override
    public List<double[]> logProbs(List<int[]> sequences, int[] starts) {
      return score(sequences, starts).stream().map(Scored::logProbs).toList();
    }

    @Override
    public List<Scored> score(List<int[]> sequences, int[] starts) {
      List<Scored> scored = new ArrayList<>();
      for (int i = 0; i < starts.length; i++) {
        int[] sequence = sequences.get(i);
        String key =
            key(
                Arrays.copyOf(sequence, starts[i]),
                Arrays.copyOfRange(sequence, starts[i], sequence.length));
        asked.add(key);
        // The whole sum at the first token: a sum of parts would round.
        double[] logProbs = new double[sequence.length - starts[i]];
        logProbs[0] = byIds.getOrDefault(key, Double.NaN);
        scored.add(new Scored(logProbs, /* greedy= */ false));
      }
      return scored;
    }
  }
}
