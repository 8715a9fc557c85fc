package dev.assay.cli.stack;

import dev.assay.activities.programs.Isolation;
import dev.assay.activities.programs.Protection;
import dev.assay.cli.base.UsageException;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.worker.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Whether this process runs programs that policies name, and what stands between them and it. Those
 * of a command are its subcommands', too.
 */
public final class ProgramOptions {
  /** The environment's form of {@code --allow-commands}. */
  static final String ALLOW = "ASSAY_ALLOW_COMMANDS";

  @Option(
      names = "--allow-commands",
      scope = ScopeType.INHERIT,
      description =
          "Run programs and queries that policies name, each isolated (docs/programs.md); so does"
              + " ASSAY_ALLOW_COMMANDS=1.")
  private boolean allow;

  @Option(
      names = "--commands-read",
      scope = ScopeType.INHERIT,
      split = ",",
      paramLabel = "FOLDER",
      description =
          "Folders that those programs may read besides the system's, with commas between, such"
              + " as a Python's.")
  private List<Path> readable = new ArrayList<>();

  @Option(
      names = "--commands-waive",
      scope = ScopeType.INHERIT,
      split = ",",
      paramLabel = "network|files",
      description = "Protections that they run without; evidence says so.")
  private List<String> waived = new ArrayList<>();

  /**
   * What was said.
   *
   * @throws UsageException if it can't be done
   */
  public Optional<Isolation> isolation(Map<String, String> environment) {
    if (!allow && !allowedBy(environment)) {
      if (!readable.isEmpty() || !waived.isEmpty()) {
        throw new UsageException("--commands-read and --commands-waive need --allow-commands");
      }
      return Optional.empty();
    }
    Isolation isolation =
        Isolation.full()
            .waive(waived.stream().map(ProgramOptions::waived).toArray(Protection[]::new));
    for (Path folder : readable) {
      if (!Files.isDirectory(folder)) {
        throw new UsageException("--commands-read %s: there is no such folder".formatted(folder));
      }
      try {
        isolation = isolation.alsoReadable(folder.toAbsolutePath().normalize());
      } catch (IllegalArgumentException e) {
        throw new UsageException("--commands-read: " + e.getMessage());
      }
    }
    return Optional.of(isolation);
  }

  /** As the environment alone says. */
  static Optional<Isolation> of(Map<String, String> environment) {
    return new ProgramOptions().isolation(environment);
  }

  /**
   * That a policy's programs will be run, if it names any. Where workers are elsewhere, who waits
   * is told if none does.
   *
   * @throws UsageException if nobody runs them
   */
  public static void require(ValidationPolicy policy, Stack stack) {
    if (policy.observes() && !stack.runsPrograms()) {
      throw new UsageException(
          "policy %s runs programs (its command and sql checks): allow it with --allow-commands or %s=1; docs/programs.md says what they may do"
              .formatted(policy.name(), ALLOW));
    }
  }

  private static boolean allowedBy(Map<String, String> environment) {
    String said = environment.getOrDefault(ALLOW, "");
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "", "0", "false" -> false;
      case "1", "true" -> true;
      default ->
          throw new UsageException("%s is '%s'; write 1, or leave it out".formatted(ALLOW, said));
    };
  }

  private static Protection waived(String name) {
    return switch (name) {
      case "network" -> Protection.NETWORK;
      case "files" -> Protection.FILES;
      default ->
          throw new UsageException(
              "--commands-waive %s: programs run without network or files, and no other protection"
                  .formatted(name));
    };
  }

  /** As options of another process. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (allow) {
      arguments.add("--allow-commands");
    }
    readable.forEach(
        folder ->
            arguments.addAll(
                List.of("--commands-read", folder.toAbsolutePath().normalize().toString())));
    waived.forEach(name -> arguments.addAll(List.of("--commands-waive", name)));
    return arguments;
  }
}
