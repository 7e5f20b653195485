package org.longpo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longpo.checkpoint.RopeOverride;
import org.longpo.engine.EngineOptions;
import org.longpo.inference.Scorer;
import org.longpo.inference.Session;
import org.longpo.inference.TokenOrigin;
import org.longpo.inference.WriteRequest;
import org.longpo.inference.WriteSettings;
import org.longpo.inference.Writer;
import org.longpo.inference.Written;
import org.longpo.text.ChatSettings;
import org.longpo.tiny.EmbeddedModel;

/** The engine as writer and scorer, with the model that comes with the program. */
class EngineWriterTest {
  private static final WriteSettings GREEDY = WriteSettings.greedy(32);
  private static final String PASSAGE =
      "The locker number of Doserode is 9249707. The locker was green.\n\n"
          + "What is the locker number of Doserode?";

  @TempDir Path folder;
  private OpenModel model;

  @BeforeEach
  void open() {
    EmbeddedModel.unpack(folder.resolve("model"));
    model =
        OpenModel.open(
            new ModelChoice(
                folder.resolve("model"),
                Optional.of("float32"),
                "cpu",
                RopeOverride.NONE,
                ChatSettings.DEFAULTS,
                EngineOptions.DEFAULTS));
  }

  @AfterEach
  void close() {
    model.close();
  }

  private WriteRequest answer() {
    return new WriteRequest(model.prompts().of(PASSAGE), 0);
  }

  private WriteRequest continuation() {
    return new WriteRequest(model.prompts().continued("The locker number of"), 0);
  }

  @Test
  void shouldWriteAnswersAndContinuationsTogetherAsAlone() {
    Writer writer = model.writer();
    List<Written> together = writer.write(List.of(answer(), continuation()), GREEDY);
    assertThat(together)
        .containsExactly(
            writer.write(List.of(answer()), GREEDY).getFirst(),
            writer.write(List.of(continuation()), GREEDY).getFirst());
    assertThat(together.getFirst().text()).startsWith("The locker number of");
    assertThat(together.getFirst().tokens().origin()).isEqualTo(TokenOrigin.SAMPLED);
    // A continuation begins where its prompt ends: with a space.
    assertThat(together.getLast().text()).startsWith(" ");
  }

  @Test
  void shouldHandOverTextAsItGrowsAndStopWhereTheListenerDoes() {
    StringBuilder grown = new StringBuilder();
    Written whole =
        model
            .writer()
            .write(
                List.of(answer()),
                GREEDY,
                (request, part, text) -> {
                  grown.append(text);
                  return true;
                })
            .getFirst();
    assertThat(grown).hasToString(whole.text());
    Written stopped =
        model
            .writer()
            .write(List.of(answer()), GREEDY, (request, part, text) -> !text.contains("number"))
            .getFirst();
    assertThat(stopped.text()).endsWith("number").hasSizeLessThan(whole.text().length());
    assertThat(stopped.ended()).isFalse();
  }

  @Test
  void shouldWriteTheSameWhateverTheDraft() {
    Written plain = model.writer().write(List.of(answer()), GREEDY).getFirst();
    for (int[] draft : List.of(plain.tokens().ids(), new int[] {5, 6, 7})) {
      assertThat(model.writer().write(List.of(answer().withDraft(draft)), GREEDY))
          .containsExactly(plain);
    }
  }

  /** The second call's prompt begins like the first one's, which is not read again. */
  @Test
  void shouldWriteTheSameInASession() {
    WriteRequest next =
        new WriteRequest(model.prompts().of(PASSAGE.replace("What is", "Say what is")), 0);
    try (Session session = model.writer().session()) {
      for (WriteRequest request : List.of(answer(), next, answer())) {
        assertThat(session.write(List.of(request), GREEDY))
            .isEqualTo(model.writer().write(List.of(request), GREEDY));
      }
    }
  }

  @Test
  void shouldEncodeAnAnswersTextAsTheModelWroteIt() {
    Written written = model.writer().write(List.of(answer()), GREEDY).getFirst();
    assertThat(written.ended()).isTrue();
    assertThat(Written.encoded(written.text(), true, model.prompts()).tokens().ids())
        .isEqualTo(written.tokens().ids());
  }

  @Test
  void shouldKnowWhatAGreedyWriterWouldWrite() {
    Written written = model.writer().write(List.of(answer()), GREEDY).getFirst();
    int[] prompt = answer().prompt().tokens();
    int[] sequence = new int[prompt.length + written.tokens().ids().length];
    System.arraycopy(prompt, 0, sequence, 0, prompt.length);
    System.arraycopy(
        written.tokens().ids(), 0, sequence, prompt.length, written.tokens().ids().length);
    Scorer.Scored scored =
        model.scorer().score(List.of(sequence), new int[] {prompt.length}).getFirst();
    assertThat(scored.greedy()).isTrue();
    assertThat(scored.logProbs()).hasSize(written.drawnTokens());
    assertThat(model.scorer().logProbs(List.of(sequence), new int[] {prompt.length}).getFirst())
        .containsExactly(scored.logProbs(), within(0.0));
    assertThat(model.scorer().fingerprint()).isEqualTo(model.writer().fingerprint());
  }
}
