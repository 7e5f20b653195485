package org.longpo.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.longpo.files.Json;
import org.longpo.report.paper.PaperTable;
import org.longpo.report.paper.PaperTables;
import org.longpo.report.paper.ShortMargins;

/** Puts data, style, script and charts into one HTML page. The same data give the same bytes. */
public final class ReportPage {
  private static final String FOLDER = "/report/";

  /** Where a webjar says its version, which is part of the paths in it. */
  private static final String ECHARTS_VERSION =
      "/META-INF/maven/org.webjars/echarts/pom.properties";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private ReportPage() {}

  /**
   * What the script shows besides the data.
   *
   * @param files in the folder of charts beside the page, to link to
   */
  private record Extras(
      List<PaperTable> paperTables, Optional<ShortMargins> shortMargins, Set<String> files) {
    static Extras of(ReportData data, Set<String> files) {
      return new Extras(
          PaperTables.of(data.evaluations()), ShortMargins.of(data.evaluations()), files);
    }
  }

  /** The whole page, where no files of its charts lie beside it. */
  public static String of(ReportData data) {
    return of(data, Set.of());
  }

  /**
   * The whole page.
   *
   * @param files those of its charts that lie beside it, by name
   */
  static String of(ReportData data, Set<String> files) {
    Map<String, String> parts =
        Map.of(
            "title", escapeHtml(data.title()),
            "style", resource(FOLDER + "page.css"),
            "data", escapeInScript(Json.line(data)),
            "extras", escapeInScript(Json.line(Extras.of(data, files))),
            "echarts", script(echarts()),
            "dom", script(FOLDER + "dom.js"),
            "charts", script(FOLDER + "charts.js"),
            "paper", script(FOLDER + "paper.js"),
            "sections", script(FOLDER + "sections.js"));
    // One pass: what a part brings in is not searched again, so data cannot name a placeholder.
    return PLACEHOLDER
        .matcher(resource(FOLDER + "page.html"))
        .replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
  }

  private static String escapeHtml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * JSON as it may stand in a script element: with no character that could end the element, open a
   * comment in it, or end a line of JavaScript. All of them occur in strings only, where an escape
   * means the same.
   */
  static String escapeInScript(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** A script as it is: were one to hold its element's end tag, the page would break silently. */
  private static String script(String name) {
    String script = resource(name);
    if (script.contains("</script")) {
      throw new IllegalStateException(name + " holds the end tag of its element");
    }
    return script;
  }

  private static String echarts() {
    Properties webjar = new Properties();
    try {
      webjar.load(new StringReader(resource(ECHARTS_VERSION)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = webjar.getProperty("version");
    return "/META-INF/resources/webjars/echarts/" + version + "/echarts.min.js";
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
