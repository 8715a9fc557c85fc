package dev.assay.worker.devserver;

import dev.assay.worker.engine.EngineException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code temporal} program, which brings the dev server. */
public final class TemporalCli {
  /** Names the program where it isn't on PATH. */
  public static final String VARIABLE = "ASSAY_TEMPORAL_CLI";

  private TemporalCli() {}

  /**
   * What {@value #VARIABLE} names, else {@code temporal} on PATH.
   *
   * @throws EngineException if the variable names no program
   */
  public static Optional<Path> find(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      Path program = Path.of(named).toAbsolutePath();
      if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
        throw new EngineException(
            "%s is %s, which is no program that can be run".formatted(VARIABLE, named));
      }
      return Optional.of(program);
    }
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "temporal").toAbsolutePath())
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst();
  }
}
