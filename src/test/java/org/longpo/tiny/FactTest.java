package org.longpo.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.longpo.evaluation.tasks.NeedleWording;

class FactTest {
  @Test
  void shouldBeWordedAsEvaluationWordsNeedles() {
    WorldWriter writer = new WorldWriter(new Random(3));
    NeedleWording evaluation = NeedleWording.DEFAULTS;
    Fact fact =
        Stream.generate(writer::fact)
            .filter(drawn -> drawn.attribute().equals("access code"))
            .findFirst()
            .orElseThrow();
    assertThat(fact.statement()).isEqualTo(evaluation.state(fact.needle()));
    assertThat(fact.question()).isEqualTo(evaluation.ask(fact.needle()));
  }
}
