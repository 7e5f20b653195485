package org.longpo;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.longpo.error.PlantedViolation;

/** Dependencies point one way; the table is the one of CONTRIBUTING.md. */
class ArchitectureTest {
  private static final String ROOT = "org.longpo.";

  private static final Set<String> EVERYONE_MAY_USE = Set.of("error", "progress");

  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("error", Set.of()),
          Map.entry("progress", Set.of()),
          Map.entry("files", Set.of("error")),
          Map.entry("settings", Set.of("error", "files")),
          Map.entry("tree", Set.of("error")),
          Map.entry("objective", Set.of("error", "settings")),
          Map.entry("tensor", Set.of("error")),
          Map.entry("checkpoint", Set.of("error", "settings", "files")),
          Map.entry("jinja", Set.of("error")),
          Map.entry("text", Set.of("error", "settings", "files", "jinja")),
          Map.entry("engine", Set.of("error", "settings", "files", "tree", "tensor", "checkpoint")),
          Map.entry(
              "model",
              Set.of("error", "settings", "files", "tensor", "checkpoint", "engine", "text")),
          Map.entry("documents", Set.of("error", "files")),
          Map.entry(
              "pairs",
              Set.of(
                  "error",
                  "settings",
                  "files",
                  "documents",
                  "text",
                  "tree",
                  "engine",
                  "checkpoint")),
          Map.entry(
              "training",
              Set.of(
                  "error",
                  "settings",
                  "files",
                  "tree",
                  "tensor",
                  "engine",
                  "objective",
                  "checkpoint",
                  "text",
                  "documents",
                  "pairs")),
          Map.entry(
              "evaluation",
              Set.of("error", "settings", "files", "tree", "engine", "text", "documents")),
          Map.entry("report", Set.of("error", "files", "pairs", "training", "evaluation")),
          Map.entry("bench", Set.of("tree", "tensor", "checkpoint", "engine")),
          Map.entry(
              "pipeline",
              Set.of(
                  "error",
                  "settings",
                  "files",
                  "tree",
                  "objective",
                  "tensor",
                  "checkpoint",
                  "text",
                  "engine",
                  "model",
                  "documents",
                  "pairs",
                  "training",
                  "evaluation",
                  "report")),
          Map.entry(
              "tiny",
              Set.of(
                  "error",
                  "settings",
                  "files",
                  "tree",
                  "objective",
                  "tensor",
                  "checkpoint",
                  "text",
                  "engine",
                  "pairs",
                  "training",
                  "evaluation",
                  "model",
                  "pipeline")),
          Map.entry(
              "cli",
              Set.of(
                  "error",
                  "files",
                  "settings",
                  "tree",
                  "objective",
                  "tensor",
                  "checkpoint",
                  "text",
                  "engine",
                  "documents",
                  "pairs",
                  "training",
                  "evaluation",
                  "report",
                  "bench",
                  "model",
                  "pipeline",
                  "tiny")));

  private static final int MOST_PARAMETERS = 7;

  /** Records of settings that are still to be grouped. */
  private static final Set<String> NOT_YET_GROUPED =
      Set.of(
          "org.longpo.pairs.FilterSettings",
          "org.longpo.pairs.GenerateSettings",
          "org.longpo.training.TrainingSettings");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.longpo");

  @Test
  void shouldUseOnlyAllowedPackages() {
    assertThat(violations(OURS)).isEmpty();
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
      if (NOT_YET_GROUPED.contains(type.getName())) {
        continue;
      }
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

  private static Set<String> violations(JavaClasses classes) {
    Set<String> violations = new TreeSet<>();
    for (JavaClass from : classes) {
      String room = room(from);
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        boolean bindings = to.getPackageName().startsWith("org.bytedeco");
        if (bindings && !room.equals("tensor")) {
          violations.add(from.getName() + " touches the native bindings " + to.getName());
        }
        if (to.getName().startsWith(ROOT)
            && !room(to).equals(room)
            && !EVERYONE_MAY_USE.contains(room(to))
            && !MAY_USE.getOrDefault(room, Set.of()).contains(room(to))) {
          violations.add(from.getName() + " uses " + to.getName());
        }
      }
    }
    return violations;
  }

  private static String room(JavaClass type) {
    return List.of(type.getPackageName().concat(".").substring(ROOT.length()).split("\\."))
        .getFirst();
  }
}
