package org.longpo.evaluation.tasks.judged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.GoldenTexts;
import org.longpo.evaluation.Slice;
import org.longpo.evaluation.longtext.InputLimit;
import org.longpo.evaluation.longtext.LongPrompt;
import org.longpo.evaluation.longtext.LongText;
import org.longpo.evaluation.longtext.Truncation;
import org.longpo.files.Sha256;
import tools.jackson.databind.JsonNode;

/** What the originals' code asks a judge; references/make_judge_golden.py wrote the hashes. */
class JudgeRequestsTest {
  private final JsonNode golden = GoldenTexts.read("tasks/judge_prompts_golden.json");
  private final List<String> turns = texts(golden.path("turns"));
  private final List<String> references = texts(golden.path("references"));
  private final List<String> answers = texts(golden.path("answers").path(0));
  private final List<String> others = texts(golden.path("answers").path(1));

  private static List<String> texts(JsonNode list) {
    return list.values().stream().map(JsonNode::stringValue).toList();
  }

  private static String sha256(JudgeRequest request) {
    return Sha256.of((request.system() + "\n" + request.user()).getBytes(UTF_8));
  }

  private MtBenchQuestion question(List<String> given) {
    return new MtBenchQuestion(new Slice("category", 0, "any"), turns, given);
  }

  private LongBenchChatQuestion chatQuestion() {
    JsonNode chat = golden.path("chat");
    String reference = chat.path("answer").stringValue();
    return new LongBenchChatQuestion(
        new LongPrompt.Unscored(new LongText("", ""), "", "here"),
        chat.path("query").stringValue(),
        reference,
        IntStream.range(0, 3)
            .mapToObj(golden.path("shots")::path)
            .map(
                shot ->
                    new LongBenchChatQuestion.Example(
                        shot.path("answer").stringValue(), shot.path("score").asString()))
            .toList(),
        new InputLimit(100, Truncation.NONE));
  }

  @Test
  void shouldAskWhatTheOriginalsAsk() {
    Map<String, String> asked = new TreeMap<>();
    List<String> first = answers.subList(0, 1);
    List<String> otherFirst = others.subList(0, 1);
    MtBenchQuestion plain = question(List.of());
    MtBenchQuestion withReference = question(references);
    asked.put("single-v1", sha256(plain.grading(first)));
    asked.put("single-v1-multi-turn", sha256(plain.grading(answers)));
    asked.put("single-math-v1", sha256(withReference.grading(first)));
    asked.put("single-math-v1-multi-turn", sha256(withReference.grading(answers)));
    asked.put("pair-v2", sha256(plain.comparison(first, otherFirst)));
    asked.put("pair-v2-multi-turn", sha256(plain.comparison(answers, others)));
    asked.put("pair-math-v1", sha256(withReference.comparison(first, otherFirst)));
    asked.put("pair-math-v1-multi-turn", sha256(withReference.comparison(answers, others)));
    asked.put(
        "longbench-chat",
        sha256(chatQuestion().grading(List.of(golden.path("chat_answer").stringValue()))));

    Map<String, String> expected = new TreeMap<>();
    GoldenTexts.rows(golden)
        .forEach(row -> expected.put(row.path(0).stringValue(), row.path(1).stringValue()));
    assertThat(expected).hasSize(9);
    assertThat(asked).isEqualTo(expected);
  }

  @Test
  void shouldReadTheReferenceOfTheFirstTurnAloneWhereTheSecondHasNone() {
    MtBenchQuestion half = question(references.subList(0, 1));
    assertThat(half.grading(answers.subList(0, 1)).user()).contains("Reference Answer");
    assertThat(half.grading(answers).user()).doesNotContain("Reference");
  }
}
