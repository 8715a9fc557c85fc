package dev.assay.activities.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program's folder on the worker's side: its inputs, environment, standard input, and the state
 * that the isolating script reports. What the program writes is elsewhere, in memory that vanishes
 * with it.
 */
final class Room implements AutoCloseable {
  /** The account that programs run as when the worker is root; Linux knows it everywhere. */
  static final int NOBODY = 65_534;

  private static final String PREFIX = "assay-program-";
  private static final long MOST_INPUT_BYTES = 4L << 30;

  private final Path folder;
  private long left = MOST_INPUT_BYTES;

  private Room(Path folder) {
    this.folder = folder;
  }

  static Room furnish(Path rooms, Program program, boolean root) throws IOException {
    sweep(rooms);
    Room room =
        new Room(
            Files.createTempDirectory(
                rooms,
                PREFIX + ProcessHandle.current().pid() + "-",
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------"))));
    try {
      room.furnish(program);
      if (root) {
        room.handOver();
      }
      return room;
    } catch (IOException | RuntimeException e) {
      room.close();
      throw e;
    }
  }

  /** Not the inputs' copies: root keeps them, others read. */
  private void handOver() throws IOException {
    try {
      for (String name : List.of("", "inputs", "environment")) {
        Files.setAttribute(folder.resolve(name), "unix:uid", NOBODY);
      }
    } catch (IOException e) {
      throw new IOException(
          "programs of root run as the account %d (nobody), and there is none here (%s). Run the"
                  .formatted(NOBODY, e.getMessage())
              + " worker as an ordinary user, or map that account; see docs/programs.md",
          e);
    }
  }

  private void furnish(Program program) throws IOException {
    Path inputs = Files.createDirectory(folder.resolve("inputs"));
    for (Map.Entry<String, Input> input : program.inputs().entrySet()) {
      Path copy = inputs.resolve(input.getKey());
      Files.createDirectories(copy.getParent());
      copy(input.getValue(), copy);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--r--r--"));
    }
    copy(program.standardInput(), standardInput());
    Path environment = folder.resolve("environment");
    Files.createFile(
        environment,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(environment, exports(program.environment()));
  }

  private void copy(Input input, Path to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = input.open();
        OutputStream out = Files.newOutputStream(to)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          throw new IOException(
              "its inputs are larger than %d bytes together; give it less"
                  .formatted(MOST_INPUT_BYTES));
        }
        out.write(buffer, 0, read);
      }
    }
  }

  /** In single quotes nothing is special to a shell but the quote. */
  private static String exports(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(
            variable ->
                "export %s='%s'\n"
                    .formatted(variable.getKey(), variable.getValue().replace("'", "'\\''")))
        .collect(Collectors.joining());
  }

  Path folder() {
    return folder;
  }

  Path standardInput() {
    return folder.resolve("stdin");
  }

  /** What the script wrote: {@code missing}, or {@code started} and {@code ended}. */
  List<String> state() throws IOException {
    Path state = folder.resolve("state");
    return Files.exists(state)
        ? Files.readString(state, StandardCharsets.US_ASCII).lines().toList()
        : List.of();
  }

  @Override
  public void close() throws IOException {
    Removal.of(folder);
  }

  /**
   * Removes rooms of workers that were killed a day ago or longer: those of another process
   * namespace may look dead and live.
   */
  private static void sweep(Path rooms) throws IOException {
    Instant before = Instant.now().minus(Duration.ofDays(1));
    List<Path> found;
    try (Stream<Path> all = Files.list(rooms)) {
      found = all.filter(room -> isAbandoned(room, before)).toList();
    }
    for (Path room : found) {
      Removal.of(room);
    }
  }

  private static boolean isAbandoned(Path room, Instant before) {
    String name = room.getFileName().toString();
    if (!name.matches(PREFIX + "[0-9]{1,10}-[0-9]+")) {
      return false;
    }
    long owner = Long.parseLong(name.substring(PREFIX.length(), name.lastIndexOf('-')));
    try {
      return ProcessHandle.of(owner).isEmpty()
          && Files.isWritable(room)
          && Files.getLastModifiedTime(room).toInstant().isBefore(before);
    } catch (IOException e) {
      return false; // another worker was faster
    }
  }
}
