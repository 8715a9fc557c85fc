package dev.assay.activities.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the command that runs a program apart: util-linux and {@code isolate.sh}. */
final class Isolator {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "setpriv",
          "unshare",
          "prlimit",
          "mount",
          "umount",
          "pivot_root",
          "env",
          "mkdir",
          "rmdir",
          "ln",
          "readlink");
  private static final String SCRIPT = readScript();

  private final Isolation isolation;
  private final boolean root;

  Isolator(Isolation isolation) throws IOException {
    this.isolation = isolation;
    this.root =
        Files.exists(Path.of("/proc/self"))
            && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  boolean root() {
    return root;
  }

  /** What keeps programs from running here, if anything does. */
  Optional<String> obstacle() {
    if (!Files.exists(Path.of("/proc/self/ns/user"))) {
      return Optional.of(
          "programs run only on Linux with user namespaces, which isolate them, and this machine"
              + " has none. Give --allow-commands to a worker that has");
    }
    List<String> missing = TOOLS.stream().filter(tool -> find(tool).isEmpty()).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("programs are isolated with %s, not found in %s. Install util-linux (2.38 or newer)"
                    + " and coreutils")
                .formatted(String.join(", ", missing), isolation.toolFolders()));
  }

  /** After {@link #obstacle()} found nothing. */
  ProcessBuilder command(Program program, Limits limits, Room room) {
    List<String> command = new ArrayList<>();
    command.add(tool("setpriv"));
    if (root) {
      String nobody = Integer.toString(Room.NOBODY);
      command.addAll(List.of("--reuid", nobody, "--regid", nobody, "--clear-groups"));
    }
    // the thread that starts it stays until it ends: its death counts as the parent's
    command.addAll(List.of("--no-new-privs", "--pdeathsig", "KILL", "--"));
    command.addAll(List.of(tool("unshare"), "--user", "--map-root-user", "--pid", "--fork"));
    command.addAll(List.of("--kill-child=KILL", "--mount", "--ipc", "--uts", "--cgroup"));
    if (!isolation.waived().contains(Protection.NETWORK)) {
      command.add("--net");
    }
    command.addAll(List.of("--", tool("sh"), "-c", SCRIPT, "isolate"));
    command.addAll(program.arguments());
    ProcessBuilder builder = new ProcessBuilder(command).directory(room.folder().toFile());
    builder.redirectInput(room.standardInput().toFile());
    builder.environment().clear();
    builder.environment().putAll(settings(limits, room));
    return builder;
  }

  private Map<String, String> settings(Limits limits, Room room) {
    return Map.of(
        "PATH", joined(isolation.toolFolders()),
        "ROOM", room.folder().toString(),
        "VIEW", isolation.waived().contains(Protection.FILES) ? "whole" : "own",
        "READABLE", joined(isolation.readable()),
        "PROCESSES", Integer.toString(limits.processes()),
        "ADDRESS_BYTES", Long.toString(limits.addressBytes()),
        "CPU_SECONDS", Long.toString(Math.ceilDiv(limits.cpu().toMillis(), 1000L)),
        "DIRECTORY_BYTES", Long.toString(limits.directoryBytes()),
        "FILES", Integer.toString(limits.files()),
        "OPEN_FILES", Integer.toString(limits.openFiles()));
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private String tool(String name) {
    return find(name).orElseThrow().toString();
  }

  private Optional<Path> find(String tool) {
    return isolation.toolFolders().stream()
        .map(folder -> folder.resolve(tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String readScript() {
    try (InputStream in =
        Objects.requireNonNull(Isolator.class.getResourceAsStream("isolate.sh"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
