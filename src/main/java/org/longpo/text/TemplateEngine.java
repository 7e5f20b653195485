package org.longpo.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import java.lang.reflect.Method;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;
import org.longpo.error.UserError;

/**
 * Jinja as transformers sets it up for chat templates: blocks trimmed, {@code raise_exception},
 * {@code strftime_now}, {@code tojson} without escapes. Templates cannot reach files or Java
 * classes. Any error of a template ends the rendering.
 *
 * <p>Known differences from Python's Jinja: a truth value written out is {@code true}, not {@code
 * True}; an attribute of something undefined is undefined instead of an error; adjacent string
 * literals are an error; {@code none} counts as undefined.
 */
final class TemplateEngine {
  private static final Jinjava JINJA = engine();

  /** The time that the engine's functions, which know no template, are to write. */
  private static final ThreadLocal<@Nullable LocalDateTime> NOW = new ThreadLocal<>();

  private final String template;
  private final String where;

  private TemplateEngine(String template, String where) {
    this.template = template;
    this.where = where;
  }

  /**
   * Reads a template.
   *
   * @param where the file it comes from, for messages
   */
  static TemplateEngine compile(String source, String where) {
    return new TemplateEngine(TemplateSource.prepared(source), where);
  }

  /** Whether the template asks for the time, so that its text is another one tomorrow. */
  boolean usesClock() {
    return template.contains("strftime_now");
  }

  /**
   * Renders the template.
   *
   * @param variables names to strings, truth values, numbers, nulls, lists and maps of such
   * @param now what {@code strftime_now} writes
   * @throws UserError if the template raises an exception (with its text) or cannot be rendered
   */
  String render(Map<String, ?> variables, LocalDateTime now) {
    RenderResult result;
    NOW.set(now);
    try {
      result = JINJA.renderForResult(template, variables);
    } finally {
      NOW.remove();
    }
    for (TemplateError error : result.getErrors()) {
      for (Throwable e = error.getException(); e != null; e = e.getCause()) {
        if (e instanceof TemplateRaised) {
          throw new UserError(where + ": the chat template says: " + e.getMessage(), e);
        }
      }
    }
    for (TemplateError error : result.getErrors()) {
      throw new UserError(
          where + ": the chat template fails: " + firstLine(error.getMessage()),
          error.getException());
    }
    return result.getOutput();
  }

  static boolean hasFilter(String name) {
    return JINJA.getGlobalContext().getFilter(name) != null;
  }

  static boolean hasTest(String name) {
    return JINJA.getGlobalContext().getExpTest(name) != null;
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unknown error" : message.lines().findFirst().orElse("");
  }

  private static Jinjava engine() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new PythonMethods());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    Jinjava jinja = new Jinjava(config(resolver));
    jinja.registerTag(new PythonForTag());
    jinja.registerTag(new GenerationTag());
    jinja.registerFilter(new PythonJson());
    jinja.registerFilter(new UnknownNames.UnknownFilter());
    jinja.registerExpTest(new UnknownNames.UnknownTest());
    jinja.registerFilter(new Trim());
    jinja.registerExpTest(new TruthTest());
    jinja.registerFunction(function("raise_exception", "raise"));
    jinja.registerFunction(function("strftime_now", "now"));
    return jinja;
  }

  private static JinjavaConfig config(ELResolver resolver) {
    LegacyOverrides likePython =
        LegacyOverrides.newBuilder()
            .withEvaluateMapKeys(true)
            .withIterateOverMapKeys(true)
            .withUsePyishObjectMapper(true)
            .withUseSnakeCasePropertyNaming(true)
            .withUseNaturalOperatorPrecedence(true)
            .withParseWhitespaceControlStrictly(true)
            .withAllowAdjacentTextNodes(true)
            .withUseTrimmingForNotesAndExpressions(true)
            .withKeepNullableLoopValues(true)
            .withHandleBackslashInQuotesOnly(true)
            .build();
    return JinjavaConfig.newBuilder()
        .withLocale(Locale.ROOT)
        .withNestedInterpretationEnabled(false)
        .withLegacyOverrides(likePython)
        .withDisabled(Map.of(Library.TAG, Set.of("include", "extends", "import", "from")))
        .withElResolver(resolver)
        .build();
  }

  private static ELFunctionDefinition function(String name, String method) {
    try {
      Method implementation = TemplateEngine.class.getDeclaredMethod(method, String.class);
      implementation.setAccessible(true);
      return new ELFunctionDefinition("", name, implementation);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  static String raise(String message) {
    throw new TemplateRaised(message);
  }

  static String now(String format) {
    LocalDateTime now = Objects.requireNonNull(NOW.get());
    return StrftimeFormatter.format(now.atZone(ZoneOffset.UTC), format, Locale.ENGLISH);
  }

  /** Python's notion of white space; the engine's own filter knows ASCII only. */
  private static final class Trim implements Filter {
    @Override
    public String getName() {
      return "trim";
    }

    @Override
    public @Nullable Object filter(
        @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
      String characters = arguments.length == 0 ? null : arguments[0];
      return value == null ? null : PythonStrings.strip(value.toString(), characters, true, true);
    }
  }
}
