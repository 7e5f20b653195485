package org.longpo.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserMessageTest {
  @Test
  void shouldJoinContextAndInstructionByABlankLine() {
    assertThat(UserMessage.of("The chunk.", "Why?")).isEqualTo("The chunk.\n\nWhy?");
    assertThat(UserMessage.following("Why?")).isEqualTo("Why?");
  }
}
