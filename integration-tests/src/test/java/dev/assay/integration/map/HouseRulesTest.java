package dev.assay.integration.map;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Habits of CONTRIBUTING.md that compiled classes show. */
class HouseRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.assay");

  @Test
  void standardStreams_outsideTheCommandLine_areNotUsed() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.assay.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void process_outsideTheCommandLine_isNotEnded() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.assay.cli..", "dev.assay.worker..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void javaUtilLogging_anywhere_isNotUsed() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
  }

  @Test
  void packages_withClasses_areNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass ours : CLASSES) {
      if (!ours.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
        unmarked.add(ours.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @Test
  void singletonsAndSetters_anywhere_areNot() {
    noMethods().should().haveNameMatching("getInstance|set[A-Z].*").check(CLASSES);
  }
}
