package dev.assay.cli.doctor;

import dev.assay.worker.devserver.TemporalCli;
import dev.assay.worker.devserver.TemporalVersion;
import dev.assay.worker.engine.EngineException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** What needs no server: the program, the folder, the disk. */
final class MachineCheckups {
  private static final String TEMPORAL = "temporal program";
  private static final long LITTLE_SPACE = 1L << 30;

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private MachineCheckups() {}

  static Checkup java() {
    return Checkup.ok("java", System.getProperty("java.runtime.version", "unknown"));
  }

  static Checkup home(Path home) {
    try {
      if (!Files.isWritable(home)) {
        return Checkup.fail(
            "home", home + " can't be written", "let its owner run assay, or use --home");
      }
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(home);
      return PRIVATE.containsAll(mode)
          ? Checkup.ok("home", home.toString())
          : Checkup.warn(
              "home",
              "%s has mode %s: others can look into it"
                  .formatted(home, PosixFilePermissions.toString(mode)),
              "chmod 700 " + home);
    } catch (IOException | UnsupportedOperationException e) {
      return Checkup.fail("home", "%s: %s".formatted(home, e.getMessage()), "use another --home");
    }
  }

  static Checkup disk(Path home) {
    try {
      FileStore store = Files.getFileStore(home);
      long free = store.getUsableSpace();
      String found = "%,d MiB free".formatted(free >> 20);
      return free < LITTLE_SPACE
          ? Checkup.warn("disk", found, "free some space: the database stops when it is full")
          : Checkup.ok("disk", found);
    } catch (IOException e) {
      return Checkup.warn("disk", String.valueOf(e.getMessage()), "look at it by hand");
    }
  }

  static Checkup temporal(Map<String, String> environment) {
    try {
      return TemporalCli.find(environment)
          .map(MachineCheckups::version)
          .orElseGet(
              () ->
                  Checkup.warn(
                      TEMPORAL,
                      "not on PATH, and %s isn't set".formatted(TemporalCli.VARIABLE),
                      "for 'assay up', --detach and the Web UI " + TemporalVersion.REMEDY));
    } catch (EngineException e) {
      return Checkup.fail(
          TEMPORAL, String.valueOf(e.getMessage()), "correct " + TemporalCli.VARIABLE);
    }
  }

  private static Checkup version(Path program) {
    try {
      return Checkup.ok(TEMPORAL, "%s: %s".formatted(program, TemporalVersion.of(program)));
    } catch (EngineException e) {
      return Checkup.fail(TEMPORAL, String.valueOf(e.getMessage()), TemporalVersion.REMEDY);
    }
  }
}
