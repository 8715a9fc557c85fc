package dev.assay.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Questions to the operating system about processes we did not start. */
final class Processes {
  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /**
   * Whether a live process is the server of a data folder. A pid alone proves nothing: after a
   * crash it may belong to any program, so the command line must name the folder.
   */
  static boolean isServerOf(long pid, Path dataFolder) {
    List<String> arguments = commandLine(pid);
    int folder = arguments.indexOf("-D") + 1;
    return !arguments.isEmpty()
        && arguments.getFirst().endsWith("postgres")
        && folder > 0
        && folder < arguments.size()
        && Path.of(arguments.get(folder)).equals(dataFolder);
  }

  /**
   * Some process that works in the folder. Each process of a server does; those of a killed one
   * take a moment to notice. Always empty where there is no /proc: there the server itself refuses
   * to start beside them.
   */
  static OptionalLong workingIn(Path folder) {
    if (!Files.isDirectory(PROC)) {
      return OptionalLong.empty();
    }
    try (Stream<Path> all = Files.list(PROC)) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9]{1,18}"))
          .filter(path -> isLink(path.resolve("cwd"), folder))
          .mapToLong(path -> Long.parseLong(path.getFileName().toString()))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** A process and those it started that are alive. */
  static Stream<Long> withChildren(long pid) {
    return Stream.concat(
        Stream.of(pid),
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).map(ProcessHandle::pid));
  }

  private static List<String> commandLine(long pid) {
    if (!Files.isDirectory(PROC)) {
      Optional<ProcessHandle.Info> info = ProcessHandle.of(pid).map(ProcessHandle::info);
      return Stream.concat(
              info.flatMap(ProcessHandle.Info::command).stream(),
              info.flatMap(ProcessHandle.Info::arguments).stream().flatMap(Stream::of))
          .toList();
    }
    try {
      return List.of(Files.readString(PROC.resolve(pid + "/cmdline")).split("\0"));
    } catch (IOException _) {
      return List.of(); // gone, or not ours to look at: in both cases not our server
    }
  }

  private static boolean isLink(Path link, Path target) {
    try {
      return Files.readSymbolicLink(link).equals(target);
    } catch (IOException _) {
      return false; // gone, or another user's
    }
  }
}
