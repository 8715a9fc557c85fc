package dev.assay.integration.map;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.assay.parallel.fixture.UsesModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules, read from the compiled classes. */
class ModuleMapTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.assay");

  /** A rule that sees no classes holds; so each source file must have been seen as a class. */
  @ParameterizedTest
  @FieldSource("dev.assay.integration.map.Module#ALL")
  void classes_ofEachModule_areAtLeastItsSourceFiles(Module module) throws IOException {
    long seen = CLASSES.stream().filter(in(module)).count();

    assertThat(seen).isGreaterThanOrEqualTo(sourceFiles(module));
  }

  /** A floor that doesn't move with a wrong path: what was there when this was written. */
  @Test
  void classes_ofAllModules_areMany() {
    assertThat(CLASSES.size()).isGreaterThan(250);
  }

  @ParameterizedTest
  @FieldSource("dev.assay.integration.map.Module#ALL")
  void module_usesOnly_whatStandsAboveIt(Module module) {
    map(module).check(CLASSES);
  }

  @Test
  void map_classThatBreaksIt_isFound() {
    Module parallel =
        Module.ALL.stream()
            .filter(module -> module.name().equals("parallel"))
            .findFirst()
            .orElseThrow();
    JavaClasses bad = new ClassFileImporter().importClasses(UsesModel.class);

    assertThat(map(parallel).evaluate(bad).hasViolation()).isTrue();
  }

  @Test
  void package_ofOurs_isInAModule() {
    classes()
        .should()
        .resideInAnyPackage(Module.ALL.stream().map(Module::packages).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void packages_ofAllModules_haveNoCycles() {
    slices().assignedFrom(new PackagesBelowModules()).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void verifier_sharesNoCode_withTheWriterItChecks() {
    noClasses()
        .that()
        .resideInAPackage("dev.assay.ledger.verify..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.assay.ledger.append..")
        .allowEmptyShould(true) // the module may not be there yet
        .check(CLASSES);
  }

  /**
   * Libraries of the modules that are kept small, because all others or all replays rest on them.
   */
  static Stream<Arguments> libraries() {
    return Stream.of(
        arguments(
            "model",
            new String[] {
              "java..",
              "org.jspecify..",
              "com.fasterxml.jackson..",
              "org.yaml.snakeyaml..",
              "dev.cel..",
              "com.networknt.schema..",
              "com.google.."
            }),
        arguments("parallel", new String[] {"java..", "org.jspecify.."}),
        arguments(
            "workflows",
            new String[] {
              "java..", "org.jspecify..", "io.temporal..", "org.slf4j..", "com.fasterxml.jackson.."
            }));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void module_keptSmall_usesNoOtherLibraries(String name, String[] libraries) {
    classes()
        .that()
        .resideInAPackage("dev.assay." + name + "..")
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.assay..")
                .or(JavaClass.Predicates.resideInAnyPackage(libraries)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** What evaluates JSON Schemas reaches for files and networks if it is asked to. */
  @Test
  void model_outsideOfItsRoomForSchemas_usesNoSchemaEngine() {
    noClasses()
        .that()
        .resideInAPackage("dev.assay.model..")
        .and()
        .resideOutsideOfPackage("dev.assay.model.schema..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                "com.networknt..", "com.fasterxml.jackson.databind.."))
        .check(CLASSES);
  }

  private static ArchRule map(Module module) {
    String[] forbidden = module.forbidden();
    return noClasses()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(forbidden))
        .allowEmptyShould(true); // that classes are there is a test of its own
  }

  private static DescribedPredicate<JavaClass> in(Module module) {
    return JavaClass.Predicates.resideInAPackage(module.packages());
  }

  private static long sourceFiles(Module module) throws IOException {
    Path sources = Path.of("..", module.folder(), "src/main/java");
    if (!Files.isDirectory(sources)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
          .count();
    }
  }
}
