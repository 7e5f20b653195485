package org.longpo.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longpo.error.UserError;

/** What is refused and when, and what a template is given. */
class TemplateTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 26, 14, 5, 9);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% autoescape true %}{% endautoescape %}",
        "{% block x %}{% endblock %}",
        "{% extends 'x' %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% from 'x' import y %}",
        "{{ 1|filesizeformat }}",
        "{{ 1|pprint }}",
        "{{ [1]|random }}",
        "{{ ''|striptags }}",
        "{{ ''|urlencode }}",
        "{{ ''|urlize }}",
        "{{ ''|wordwrap }}",
        "{{ {}|xmlattr }}",
        "{{ ['']|map('urlize')|join }}",
        "{{ lipsum() }}",
        "{% set c = cycler(1, 2) %}",
        "{{ self.x() }}",
        "{{ 'x'.encode('utf-8') }}",
        "{{ 'x'.translate({}) }}",
        "{{ '{:>5}'.format(1) }}",
        "{{ strftime_now('%Q') }}",
      })
  void shouldRefuseWhatIsNotSupportedWhenReading(String construct) {
    // On a branch that is never taken too: what is unsupported is known, unlike a misspelt filter.
    String source = "one\n\n{% if nothing %}\n" + construct + "\n{% endif %}";
    assertThatThrownBy(() -> Template.parse(source, "DIR/chat_template.jinja"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "DIR/chat_template.jinja: line 4 of the chat template cannot be used: ")
        .hasMessageContaining("is not supported");
  }

  @Test
  void shouldNameTheLineOfWhatCannotBeRead() {
    assertThatThrownBy(() -> Template.parse("{# a\n #}\n{{ 'x\ny' }}{{ 1 +\n }}", "FILE"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "FILE: line 5 of the chat template cannot be used: expected an expression, got '}}'.");
  }

  @Test
  void shouldNameTheLineThatFails() {
    String source = "{% macro f(x) %}\n{{ x.y.z }}\n{% endmacro %}\n\n{{ f({}) }}";
    assertThatThrownBy(() -> Template.parse(source, "FILE").render(Map.of(), NOW))
        .isInstanceOf(UserError.class)
        .hasMessage("FILE: the chat template fails in line 2: 'dict object' has no attribute 'y'");
  }

  @Test
  void shouldPrintWhatTheTemplateRaises() {
    assertThatThrownBy(() -> render("{{ raise_exception('no ' ~ 1) }}", Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessage("FILE: the chat template refuses the conversation: no 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ 10 ** (10 ** 10) }}",
        "{{ range(10 ** 9)|list }}",
        "{{ [1]|map('upper') }}",
        "{{ range }}",
        "{{ ''.upper }}"
      })
  void shouldFailWhereATextWouldBeEndlessOrChance(String source) {
    assertThatThrownBy(() -> render(source, Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("FILE: the chat template fails in line 1: ");
  }

  @Test
  void shouldRefuseExpressionsNestedWithoutEnd() {
    String source = "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}";
    assertThatThrownBy(() -> Template.parse(source, "FILE"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void shouldAcceptEveryKindOfVariable() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("nothing", null);
    variables.put(
        "all", List.of("a", true, 1, 2L, 1.5f, 2.5, new BigDecimal("3.5"), Map.of("k", 1)));
    assertThat(render("{{ nothing }} {{ all }} {{ all[2] + all[4] }}", variables))
        .isEqualTo("None ['a', True, 1, 2, 1.5, 2.5, 3.5, {'k': 1}] 2.5");
  }

  @Test
  void shouldPreferVariablesToFunctionsOfTheSameName() {
    assertThat(render("{{ range }}", Map.of("range", "mine"))).isEqualTo("mine");
  }

  @Test
  void shouldKnowWhetherATemplateUsesTheTime() {
    assertThat(Template.parse("{{ strftime_now('%d %b %Y') }}", "FILE").usesClock()).isTrue();
    assertThat(Template.parse("{% if strftime_now is defined %}{% endif %}", "F").usesClock())
        .isTrue();
    assertThat(Template.parse("{{ 'strftime_now' }}{# strftime_now #}", "F").usesClock()).isFalse();
    assertThat(render("{{ strftime_now('%d %b %Y, %-I:%M %p') }}", Map.of()))
        .isEqualTo("26 Jul 2024, 2:05 PM");
  }

  /** An implementation that copies the rest of the text at every step would need minutes here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ text.split()|length }}",
        "{{ text.split(' ')|join('_')|length }}",
        "{{ text.rsplit(' ', 100000)|length }}",
        "{{ text.splitlines()|length }}",
        "{{ text.replace(' ', '', 100000)|length }}",
        "{{ (text|trim)[5:]|title|tojson|length }}",
        "{% for line in text.split('\\n') %}{{ line|trim }}{% endfor %}"
      })
  void shouldEncodeLongTextsInOneCall(String source) {
    String text = "Zoë 😀 walks\n".repeat(100_000);
    long start = System.nanoTime();
    assertThat(render(source, Map.of("text", text))).isNotEmpty();
    // Milliseconds on an idle machine; the bound is for a busy one.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  private static String render(String source, Map<String, ?> variables) {
    return Template.parse(source, "FILE").render(variables, NOW);
  }
}
