package org.longpo;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.longpo.error.PlantedViolation;

/** The rules of docs/architecture.md: its table says which package may use which. */
class ArchitectureTest {
  private static final String ROOT = "org.longpo.";

  private static final Set<String> EVERYONE_MAY_USE = Set.of("error", "progress");

  private static final Path PAGE = Path.of("docs/architecture.md");

  private static final int MOST_PARAMETERS = 7;

  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.longpo");

  @Test
  void shouldUseOnlyAllowedPackages() {
    assertThat(violations(OURS)).isEmpty();
  }

  @Test
  void shouldNameEveryPackageOnceOnThePage() {
    Set<String> packages = new TreeSet<>();
    OURS.forEach(type -> packages.add(topPackage(type)));
    assertThat(MAY_USE.keySet()).isEqualTo(packages);
    assertThat(MAY_USE.values()).allSatisfy(used -> assertThat(packages).containsAll(used));
  }

  /** A use that the page allows, but that does not occur, would invite one. */
  @Test
  void shouldAllowNoMoreThanIsUsed() {
    Map<String, Set<String>> used = new TreeMap<>();
    MAY_USE.keySet().forEach(name -> used.put(name, new TreeSet<>()));
    for (JavaClass from : OURS) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getName().startsWith(ROOT)) {
          used.getOrDefault(topPackage(from), new TreeSet<>()).add(topPackage(to));
        }
      }
    }
    MAY_USE.forEach((name, allowed) -> assertThat(used.get(name)).as(name).containsAll(allowed));
  }

  @Test
  void shouldNameOnlyClassesThatExistOnThePage() throws IOException {
    Set<String> classes = new TreeSet<>();
    for (String folder : List.of("src/main/java", "src/test/java")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> classes.add(name.substring(0, name.length() - ".java".length())));
      }
    }
    List<String> named =
        Pattern.compile("`([A-Z]\\w+)[`.]")
            .matcher(Files.readString(PAGE))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(named).hasSizeGreaterThan(30).allMatch(classes::contains);
  }

  @Test
  void shouldNoticePlantedViolation() {
    JavaClasses classes =
        new ClassFileImporter().importPackages("org.longpo.error", "org.longpo.files");
    assertThat(violations(classes))
        .anyMatch(
            line -> line.startsWith("org.longpo.error.PlantedViolation uses org.longpo.files"));
  }

  /** Values that are told apart by their position alone: more of them want a record. */
  @Test
  void shouldTakeAtMostSevenParameters() {
    assertThat(longSignatures(OURS)).isEmpty();
  }

  @Test
  void shouldNoticePlantedSignature() {
    assertThat(longSignatures(new ClassFileImporter().importClasses(PlantedViolation.class)))
        .containsExactly("org.longpo.error.PlantedViolation.ofEight takes 8 parameters");
  }

  private static Set<String> longSignatures(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        // An enum's constructor also takes name and ordinal, an inner class's the outer object.
        int hidden = unit.isConstructor() ? (type.isEnum() ? 2 : type.isInnerClass() ? 1 : 0) : 0;
        int parameters = unit.getRawParameterTypes().size() - hidden;
        if (parameters > MOST_PARAMETERS && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)) {
          found.add(
              (unit.isConstructor() ? type.getName() : type.getName() + "." + unit.getName())
                  + " takes "
                  + parameters
                  + " parameters");
        }
      }
    }
    return found;
  }

  /** The table of the page: a package, what it is, what it may use. */
  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> table = new TreeMap<>();
    Pattern row = Pattern.compile("\\| `(\\w+)` \\|[^|]*\\|([^|]*)\\|");
    Pattern name = Pattern.compile("`(\\w+)`");
    try {
      for (String line : Files.readAllLines(PAGE)) {
        Matcher matcher = row.matcher(line);
        if (matcher.matches()) {
          Set<String> used = new TreeSet<>();
          name.matcher(matcher.group(2)).results().forEach(match -> used.add(match.group(1)));
          assertThat(table.put(matcher.group(1), used)).as(line).isNull();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private static Set<String> violations(JavaClasses classes) {
    Set<String> violations = new TreeSet<>();
    for (JavaClass from : classes) {
      String own = topPackage(from);
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        boolean bindings = to.getPackageName().startsWith("org.bytedeco");
        if (bindings && !own.equals("tensor")) {
          violations.add(from.getName() + " touches the native bindings " + to.getName());
        }
        if (to.getName().startsWith(ROOT)
            && !topPackage(to).equals(own)
            && !EVERYONE_MAY_USE.contains(topPackage(to))
            && !MAY_USE.getOrDefault(own, Set.of()).contains(topPackage(to))) {
          violations.add(from.getName() + " uses " + to.getName());
        }
      }
    }
    return violations;
  }

  private static String topPackage(JavaClass type) {
    return List.of(type.getPackageName().concat(".").substring(ROOT.length()).split("\\."))
        .getFirst();
  }
}
