package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionParserTest {
  private static final List<String> EXPECTED =
      List.of("Why is A?", "Compare B and C.", "How does D end?", "Sum up E.");

  private static Optional<List<String>> parse(String answer) {
    return InstructionParser.parse(answer, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1. Why is A?\n2. Compare B and C.\n3. How does D end?\n4. Sum up E.",
        "1) Why is A?\r\n2) Compare B and C.\r\n3) How does D end?\r\n4) Sum up E.\r\n",
        "(1) Why is A?\n(2) Compare B and C.\n(3) How does D end?\n(4) Sum up E.",
        "1: Why is A?\n2: Compare B and C.\n3: How does D end?\n4: Sum up E.",
        "Instruction 1: Why is A?\nInstruction 2: Compare B and C.\n"
            + "Instruction 3: How does D end?\nInstruction 4: Sum up E.",
        "### Question 1\nWhy is A?\n\n### Question 2\n\nCompare B and C.\n"
            + "### Question 3\nHow does D end?\n### Question 4\nSum up E.",
        "**Task 1:** Why is A?\n\n**Task 2:** Compare B and C.\n\n"
            + "**Task 3:** How does D end?\n\n**Task 4:** Sum up E.",
        "**1. Why is A?**\n**2. Compare B and C.**\n**3. How does D end?**\n**4. Sum up E.**",
        "**1.** Why is A?\n**2.** Compare B and C.\n**3.** How does D end?\n**4.** Sum up E.",
        "Q1. Why is A?\nQ2. Compare B and C.\nQ3. How does D end?\nQ4. Sum up E.",
        "- Why is A?\n- Compare B and C.\n- How does D end?\n- Sum up E.",
        "• Why is A?\n• Compare B and C.\n• How does D end?\n• Sum up E.",
        "* Why is **A**?\n* Compare B and C.\n* How does D\n  end?\n* Sum up E.",
        "1. \"Why is A?\"\n2. “Compare B and C.”\n3. How does D end?\n4. 'Sum up E.'",
        "Here are four tasks:\n\n1. Why is A?\n2. Compare B\n   and C.\n\n3. How does D end?\n"
            + "4. Sum up E.\n\nI hope that these help!",
      })
  void shouldReadListsOfManyForms(String answer) {
    assertThat(parse(answer)).contains(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I cannot do that.",
        "Why is A? Compare B and C. How does D end? Sum up E.",
        "1. Why is A?\n2. Compare B and C.\n3. How does D end?",
        "1. Why is A?\n2. Compare B and C.\n3. How does D end?\n4. Sum up E.\n5. Why F?",
        "1. Why is A?\n2. Compare B and C.\n3. How does D end?\n5. Sum up E.",
        "1. Why is A?\n2. Compare B and C.\n3. How does D end?\n4. Sum up E.\n1. Again?",
        "1. Why is A?\n2. Compare B and C.\n3. How does D end?\n4. why is a?",
        "1. Why is A?\n2. Compare B and C.\n3. How does D end?\n4.",
        "1. Why is A?\n2. Compare B and C.\n3. How does D end?\n4. ...",
        "- Why is A?\n- Compare B and C.\n- How does D end?",
      })
  void shouldGiveNothingUnlessExactlyFourAreClear(String answer) {
    assertThat(parse(answer)).isEmpty();
  }

  @Test
  void shouldKeepNumbersTimesAndCodeInsideInstructions() {
    assertThat(
            parse(
                "1. Why at\n10:30 sharp?\n2. Is 1.5 more than\n1.4 metres?\n"
                    + "3. What do __init__ and **kwargs do?\n4. **Theme**: compare **both** ends."))
        .contains(
            List.of(
                "Why at 10:30 sharp?",
                "Is 1.5 more than 1.4 metres?",
                "What do __init__ and **kwargs do?",
                "Theme: compare both ends."));
  }

  @Test
  void shouldTakeBulletsBelowNumbersAsPartsOfAnItem() {
    assertThat(parse("1. Compare:\n   - A\n   - B\n2. Why?\n3. Who?\n4. When?").orElseThrow())
        .startsWith("Compare: - A - B");
  }

  @Test
  void shouldReadOtherCounts() {
    assertThat(InstructionParser.parse("1. A?\n2. B?", 2)).contains(List.of("A?", "B?"));
  }

  @Test
  void shouldReadOneInstruction() {
    assertThat(InstructionParser.parse("1. Why is it so?", 1)).contains(List.of("Why is it so?"));
    assertThat(InstructionParser.parse("Why is it so?", 1)).isEmpty();
    assertThat(InstructionParser.parse("1. A?\n2. B?", 1)).isEmpty();
  }

  @Test
  void shouldAskForAsManyAsItReads() {
    assertThat(InstructionPrompt.of("The chunk.", 4))
        .startsWith("The chunk.\n\nWrite four tasks ")
        .contains("differ from the other three", "the four tasks", "ending with \"4.\"")
        .doesNotContain("%");
    assertThat(InstructionPrompt.of("The chunk.", 1))
        .startsWith("The chunk.\n\nWrite a task ")
        .contains("think before", "begins with \"1.\"")
        .doesNotContain("differ", "%");
  }
}
