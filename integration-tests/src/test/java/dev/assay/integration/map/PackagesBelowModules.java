package dev.assay.integration.map;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Each package a slice, but for the root packages of modules: what a module shows and the factory
 * that puts its parts together live there, so its parts know it and it knows them.
 */
final class PackagesBelowModules implements SliceAssignment {

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass ours) {
    String name = ours.getPackageName();
    boolean root = name.chars().filter(c -> c == '.').count() == 2;
    return root ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
  }

  @Override
  public String getDescription() {
    return "packages below the modules' root packages";
  }
}
