package org.longpo.tiny.village;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.longpo.error.UserError;
import org.longpo.tiny.village.Question.Match;

class QuestionKindsTest {
  private static final int SEEDS = 50;

  @Test
  void shouldAskEveryKindAboutWhatItsOwnStatementsTell() {
    for (QuestionKind kind : QuestionKinds.ALL) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Random random = new Random(seed);
        List<Statement> told = kind.told(new Village(random), 20, random);
        assertThat(kind.ask(new Facts(told), random)).as(kind.id()).isPresent();
      }
    }
  }

  @Test
  void shouldAcceptItsOwnAnswersAndNoOthers() {
    for (QuestionKind kind : QuestionKinds.ALL) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Question question = ofItsOwn(kind, seed).question();
        assertThat(question.score(question.answer())).as(question.answer()).isEqualTo(1);
        assertThat(question.score("I do not know.")).as(question.text()).isZero();
      }
    }
  }

  /** What is asked about must stay true whatever else a text tells. */
  @Test
  void shouldKeepAnswersRightAmongOtherStatements() {
    for (QuestionKind kind : QuestionKinds.ALL) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Asked asked = ofItsOwn(kind, seed);
        List<String> expected = asked.question().references();
        // Asked about the whole text, the same question has the same references.
        for (int i = 0; i < 100; i++) {
          Optional<Question> again = kind.ask(asked.passage().facts(), new Random(i));
          if (again.isPresent() && again.get().text().equals(asked.question().text())) {
            assertThat(again.get().references())
                .as(asked.question().text())
                .containsExactlyInAnyOrderElementsOf(expected);
          }
        }
      }
    }
  }

  @Test
  void shouldFindReferencesOfFactsInThePassage() {
    // Others conclude something from the text: a number of things, yes or no, who is older.
    List<String> concluded = List.of("count", "home-check", "older");
    for (QuestionKind kind : QuestionKinds.ALL) {
      for (int seed = 0; seed < SEEDS && !concluded.contains(kind.id()); seed++) {
        Passage passage = VillageText.mixed(20, new Random(seed));
        kind.ask(passage.facts(), new Random(seed))
            .ifPresent(
                question ->
                    assertThat(question.references())
                        .as(question.text())
                        .allMatch(passage.text()::contains));
      }
    }
  }

  /** Read from the text, and not from what it was made of. */
  @Test
  void shouldConcludeWhatTheTextTells() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Asked older = ofItsOwn(kind("older"), seed);
      Map<String, Integer> ages = new TreeMap<>();
      read(older.passage(), "(\\w+) is (\\d+) years old")
          .forEach(match -> ages.put(match.group(1), Integer.valueOf(match.group(2))));
      read(older.passage(), "The age of (\\w+) is (\\d+)")
          .forEach(match -> ages.put(match.group(1), Integer.valueOf(match.group(2))));
      Matcher asked =
          Pattern.compile("Who is older, (.+) or (.+)\\?").matcher(older.question().text());
      assertThat(asked.matches()).isTrue();
      boolean first =
          requireNonNull(ages.get(asked.group(1))) > requireNonNull(ages.get(asked.group(2)));
      assertThat(older.question().references())
          .containsExactly("so " + asked.group(first ? 1 : 2) + " is older");

      Asked count = ofItsOwn(kind("count"), seed);
      String person =
          count.question().text().replace("How many things does ", "").replace(" own?", "");
      int things = read(count.passage(), person + " (owns|has bought|keeps) a \\w+").size();
      assertThat(count.question().references()).containsExactly("makes " + things);

      Asked animals = ofItsOwn(kind("animals"), seed);
      Map<String, Long> seen =
          read(animals.passage(), "(\\w+) ran over the road|saw a (\\w+)|well stood a (\\w+)")
              .stream()
              .map(QuestionKindsTest::anyGroup)
              .collect(Collectors.groupingBy(animal -> animal, Collectors.counting()));
      String most = animals.question().references().getFirst();
      long times = requireNonNull(seen.get(most));
      assertThat(seen.entrySet())
          .allMatch(entry -> entry.getKey().equals(most) || entry.getValue() < times);
    }
  }

  @Test
  void shouldScoreTheShareOfReferencesThatIsFound() {
    Question question =
        new Question("What does Anna Berg own?", "", List.of("lamp", "net"), Match.ALL);
    assertThat(question.score("Anna Berg owns a lamp and a rope.")).isEqualTo(0.5);
    Question any = new Question("", "", List.of("lamp", "net"), Match.ANY);
    assertThat(any.score("A net.")).isEqualTo(1);
    assertThat(any.score("A rope.")).isZero();
  }

  @Test
  void shouldRefuseDocumentsThatNeedMoreNamesThanThereAre() {
    assertThatThrownBy(() -> VillageText.document(20_000, new Random(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none is left; give a smaller length (--document-tokens)");
  }

  /** An answer with one word must not contain another by accident. */
  @Test
  void shouldHaveNoWordThatIsAPartOfAnother() {
    for (List<String> words :
        List.of(
            Words.THINGS,
            Words.JOBS,
            Words.CROPS,
            Words.ANIMALS,
            Words.PASSWORDS,
            Words.PEOPLE,
            Words.TOWNS,
            Words.CODES)) {
      for (String word : words) {
        assertThat(words.stream().filter(other -> other.contains(word)).toList())
            .containsExactly(word);
      }
    }
  }

  private record Asked(Passage passage, Question question) {}

  /** As the tasks ask: about its own statements, among many others. */
  private static Asked ofItsOwn(QuestionKind kind, int seed) {
    Random random = new Random(seed);
    Village village = new Village(random);
    List<Statement> told = kind.told(village, 20, random);
    Question question = kind.ask(new Facts(told), random).orElseThrow();
    return new Asked(Passage.write(village, told, 40, 0.7, random), question);
  }

  private static QuestionKind kind(String id) {
    return QuestionKinds.ALL.stream()
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<java.util.regex.MatchResult> read(Passage passage, String pattern) {
    return new ArrayList<>(Pattern.compile(pattern).matcher(passage.text()).results().toList());
  }

  private static String anyGroup(java.util.regex.MatchResult match) {
    for (int i = 1; i <= match.groupCount(); i++) {
      if (match.group(i) != null) {
        return match.group(i);
      }
    }
    throw new IllegalStateException();
  }
}
