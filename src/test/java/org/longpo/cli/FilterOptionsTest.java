package org.longpo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.longpo.error.UserError;
import org.longpo.model.ModelChoice;
import org.longpo.pairs.DropCounts;
import org.longpo.pairs.DropExamples;
import org.longpo.pairs.DropReason;
import org.longpo.pairs.FilterSettings;
import org.longpo.pairs.GenerateSettings;
import org.longpo.settings.Key;
import org.longpo.settings.OptionValues;
import org.longpo.settings.Schema;
import org.longpo.settings.Variants;
import org.longpo.settings.WrittenValue;

/** Every setting that documentation and errors name can be set. */
class FilterOptionsTest {
  private static final Schema SCHEMA =
      Schema.of(
          Variants.NONE, GenerateCommand.Run.class, ModelChoice.class, GenerateSettings.class);

  private static final Set<String> NAMES =
      SCHEMA.keys().stream().map(Key::name).collect(Collectors.toSet());

  @Test
  void shouldHaveEverySettingThatThePageOfThePairFileNames() throws IOException {
    String page = Files.readString(Path.of("docs/pair-file.md"));
    String reasons = page.substring(page.indexOf("Reasons of `counts.dropped`"));
    List<String> named =
        Pattern.compile("`([a-z]+(?:_[a-z]+)+)`")
            .matcher(reasons)
            .results()
            .map(result -> result.group(1))
            .toList();
    assertThat(named).contains("refusal_phrases", "max_short_input_tokens");
    assertThat(NAMES).containsAll(named);
  }

  @ParameterizedTest
  @EnumSource(DropReason.class)
  void shouldHaveEveryOptionThatAnErrorNames(DropReason reason) {
    String message = noPairSurvived(reason);
    List<String> named =
        Pattern.compile("--([a-z-]+)")
            .matcher(message)
            .results()
            .map(FilterOptionsTest::name)
            .toList();
    assertThat(named).isNotEmpty();
    assertThat(NAMES).containsAll(named);
  }

  @Test
  void shouldReachTheFilters() {
    FilterSettings settings =
        new OptionValues(
                SCHEMA,
                Map.of(),
                Map.of(
                    "refusal_phrases",
                    flag("i'm sorry, but", "no comment"),
                    "min_words",
                    flag("0"),
                    "max_long_input_tokens",
                    flag("900")))
            .read(FilterSettings.class);
    assertThat(settings.refusals().refusalPhrases())
        .containsExactly("i'm sorry, but", "no comment");
    assertThat(settings.lengths().minWords()).isZero();
    assertThat(settings.lengths().maxLongInputTokens()).contains(900);
    assertThat(settings.maxChosenRepetition())
        .isEqualTo(FilterSettings.defaults().maxChosenRepetition());
  }

  private static WrittenValue flag(String... words) {
    return new WrittenValue(List.of(words), new WrittenValue.Origin.AsFlag());
  }

  private static String noPairSurvived(DropReason reason) {
    UserError error =
        DropCounts.none().plus(reason).noPairSurvived(DropExamples.none(), Path.of("dropped.json"));
    return Objects.requireNonNull(error.getMessage());
  }

  private static String name(MatchResult option) {
    return option.group(1).replace('-', '_');
  }
}
