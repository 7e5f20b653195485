package org.longpo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static final String PASSAGE =
      "Late in the evening, the clerk left. The access code of Bakodifu is 4829137. The widow"
          + " sang.";

  @Test
  void shouldFindWhatTheQuestionDidNotSay() {
    assertThat(
            Evidence.of(
                "What is the access code of Bakodifu?",
                PASSAGE,
                "The access code of Bakodifu is 4829137."))
        .containsExactly("4829137");
  }

  @Test
  void shouldFindLongestRunsFirst() {
    assertThat(Evidence.of("Who did what?", PASSAGE, "Well: the widow sang, LATE in the evening."))
        .containsExactly("LATE in the evening", "the widow sang");
  }

  @Test
  void shouldFindNothingInAnAnswerFromElsewhere() {
    assertThat(Evidence.of("What is the code?", PASSAGE, "It is 1234567, a 29137 perhaps."))
        .isEmpty();
  }

  @Test
  void shouldQuoteTheAnswerWhereLowerCaseIsLonger() {
    assertThat(Evidence.of("Who?", PASSAGE, "İİİİ: the widow sang."))
        .containsExactly("the widow sang");
  }
}
