package org.longpo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.longpo.inference.Model;
import org.longpo.inference.WriteSettings;

class ItemBatchTest {
  private static final WriteSettings SHORT = WriteSettings.greedy(5);

  private final WordModel words =
      new WordModel(
          prompt -> "answer to " + prompt.split(" ")[1], /* nats= */ -2, OptionalInt.empty());

  private static TaskItem item(int index, Supplier<Step> begin) {
    return new TaskItem(0, index, 10, () -> {}, begin);
  }

  private static Step done(int index, double value, String text) {
    Sample sample =
        new Sample(
            Optional.of(new Slice("text", 0, text)), "", Map.of("v", value), Optional.empty());
    return new Step.Done(new ItemResult(0, index, index, List.of(sample)));
  }

  private Step write(WriteSettings how, int index, String... messages) {
    return new Step.Write(
        List.of(messages).stream().map(words::of).toList(),
        how,
        written -> done(index, written.size(), written.getLast().text()));
  }

  private Step score(int index, String... texts) {
    List<int[]> sequences =
        List.of(texts).stream().map(text -> words.encode(text).tokens()).toList();
    int[] starts = sequences.stream().mapToInt(sequence -> 1).toArray();
    return new Step.Score(
        sequences,
        starts,
        scored -> done(index, scored.stream().mapToDouble(s -> s.logProbs()[0]).sum(), "scored"));
  }

  private List<String> texts(List<ItemResult> results) {
    List<String> texts = new ArrayList<>();
    for (ItemResult result : results) {
      texts.add(result.samples().getFirst().slice().orElseThrow().label());
    }
    return texts;
  }

  @Test
  void shouldGiveEveryItemItsOwnAnswersFromOneCall() {
    List<ItemResult> results =
        ItemBatch.run(
            words.model(),
            List.of(
                item(0, () -> write(SHORT, 0, "first")),
                item(1, () -> write(SHORT, 1, "second", "third")),
                item(2, () -> write(SHORT, 2, "fourth"))));
    assertThat(texts(results))
        .containsExactly("answer to first", "answer to third", "answer to fourth");
    assertThat(words.passes).isEqualTo(1);
  }

  @Test
  void shouldAskOncePerRoundAndKindWhereItemsHaveSeveralSteps() {
    Supplier<Step> twoTurns =
        () ->
            new Step.Write(
                List.of(words.of("first")),
                SHORT,
                written -> write(SHORT, 1, written.getFirst().text() + " again"));
    List<ItemResult> results =
        ItemBatch.run(
            words.model(),
            List.of(
                item(0, () -> score(0, "a b", "a c")),
                item(1, twoTurns),
                item(2, () -> write(SHORT, 2, "one"))));
    assertThat(texts(results)).containsExactly("scored", "answer to answer", "answer to one");
    assertThat(results.getFirst().samples().getFirst().values()).containsEntry("v", -4.0);
    assertThat(words.passes).as("both first texts, all scores, the second text").isEqualTo(3);
  }

  private final WordModel judge = new WordModel(prompt -> "judged " + prompt.split(" ")[1]);

  private Step judged(int index, String answer) {
    return new Step.Judge(
        List.of(judge.of(answer)), SHORT, texts -> done(index, 1, texts.getFirst().text()));
  }

  @Test
  void shouldAskTheJudgeForTextsOfItsOwnPrompts() {
    Supplier<Step> answered =
        () ->
            new Step.Write(
                List.of(words.of("question")),
                SHORT,
                written -> judged(0, written.getFirst().text().replace(' ', '-')));
    List<ItemResult> results =
        ItemBatch.run(
            new Model(words, words, judge),
            List.of(item(0, answered), item(1, () -> judged(1, "second"))));
    assertThat(texts(results)).containsExactly("judged answer-to-question", "judged second");
    assertThat(words.passes).isEqualTo(1);
    assertThat(judge.passes).as("both judgments").isEqualTo(1);
    assertThat(results.getFirst().modelTokens())
        .as("two prompts of three tokens, two texts of three")
        .isEqualTo(12);
  }

  @Test
  void shouldLetAModelJudgeItselfWhereThereIsNoOtherJudge() {
    List<ItemResult> results =
        ItemBatch.run(
            words.model(),
            List.of(
                item(
                    0,
                    () ->
                        new Step.Judge(
                            List.of(words.of("own")),
                            SHORT,
                            texts -> done(0, 1, texts.getFirst().text())))));
    assertThat(texts(results)).containsExactly("answer to own");
  }

  @Test
  void shouldNotMixRequestsWithDifferentSettings() {
    ItemBatch.run(
        words.model(),
        List.of(
            item(0, () -> write(SHORT, 0, "one")),
            item(1, () -> write(WriteSettings.greedy(9), 1, "two"))));
    assertThat(words.passes).isEqualTo(2);
  }

  @Test
  void shouldCountTokensThatAreSharedOnce() {
    List<ItemResult> results =
        ItemBatch.run(
            words.model(),
            List.of(
                item(0, () -> score(0, "a b c d", "a b c e")),
                item(1, () -> score(1, "a b x", "a b y z"))));
    assertThat(results).extracting(ItemResult::modelTokens).containsExactly(5L, 3L);
    assertThat(
            ItemBatch.run(words.model(), List.of(item(0, () -> write(SHORT, 0, "a b"))))
                .getFirst()
                .modelTokens())
        .as("a prompt of four tokens and an answer of three")
        .isEqualTo(7);
  }
}
