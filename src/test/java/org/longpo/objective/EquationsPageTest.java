package org.longpo.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of docs/equations.md names methods and tests that exist. */
class EquationsPageTest {
  private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");

  @Test
  void shouldNameExistingMethodsAndTests() throws IOException {
    Matcher named = MEMBER.matcher(Files.readString(Path.of("docs/equations.md")));
    Set<String> missing = new TreeSet<>();
    int found = 0;
    while (named.find()) {
      found++;
      if (!exists(named.group(1), named.group(2))) {
        missing.add(named.group());
      }
    }
    assertThat(found).isGreaterThan(30);
    assertThat(missing).isEmpty();
  }

  private static boolean exists(String type, String member) {
    try {
      return Arrays.stream(
              Class.forName(EquationsPageTest.class.getPackageName() + "." + type)
                  .getDeclaredMethods())
          .anyMatch(method -> method.getName().equals(member));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
