package dev.assay.integration.map;

import java.util.ArrayList;
import java.util.List;

/**
 * A module: its folder, its root package, and which modules' packages it may use. As
 * ARCHITECTURE.md draws it.
 */
record Module(String folder, String name, List<String> mayUse) {
  private static final String ROOT = "dev.assay.";

  static final List<Module> ALL = all();

  private static List<Module> all() {
    List<Module> all = new ArrayList<>();
    all.add(new Module("model", "model", List.of()));
    all.add(new Module("parallel", "parallel", List.of()));
    all.add(new Module("embedded-postgres", "postgres", List.of()));
    all.add(new Module("evidence", "evidence", List.of("model")));
    all.add(new Module("ledger-store", "ledger", List.of("model", "parallel", "evidence")));
    all.add(new Module("registry", "registry", List.of("model")));
    all.add(new Module("connectors", "connectors", List.of("model", "parallel")));
    all.add(new Module("workflows", "workflows", List.of("model")));
    // The rest put the parts together: each may use all above it.
    for (String name : List.of("activities", "worker", "cli")) {
      String folder = name.equals("cli") ? "starter-cli" : name;
      all.add(new Module(folder, name, all.stream().map(Module::name).toList()));
    }
    return List.copyOf(all);
  }

  /** ArchUnit's pattern for the module's classes. */
  String packages() {
    return packages(name);
  }

  /** ArchUnit's patterns for the modules that this one may not use. */
  String[] forbidden() {
    return ALL.stream()
        .map(Module::name)
        .filter(other -> !other.equals(name) && !mayUse.contains(other))
        .map(Module::packages)
        .toArray(String[]::new);
  }

  private static String packages(String name) {
    return ROOT + name + "..";
  }

  @Override
  public String toString() {
    return folder;
  }
}
