package dev.assay.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server process of one data folder. Its methods are called by one process at a time: see
 * {@link StackLock}.
 */
final class Server {
  static final String ADMIN = "assay_admin";
  private static final int ATTEMPTS = 3;

  /** A clean stop writes out 128 MiB of buffers at most; a server that can't is stopped unclean. */
  private static final Duration CLEAN_STOP = Duration.ofSeconds(20);

  private final PostgresSettings settings;
  private final Path dataFolder;
  private final ServerLog log;

  /** Takes the real path of the data folder, as the command line shows it to other processes. */
  Server(PostgresSettings settings, Path dataFolder) {
    this.settings = settings;
    this.dataFolder = dataFolder;
    this.log = new ServerLog(settings.logFile());
  }

  /** Whether a complete data folder is there. */
  boolean hasData() {
    return Files.exists(dataFolder.resolve("PG_VERSION"));
  }

  /**
   * The live server of this data folder, if there is one; waits for it to be ready, or gone if it
   * is stopping.
   */
  Optional<PostmasterPid> running() throws IOException {
    Optional<PostmasterPid> known = postmasterPid();
    if (known.isEmpty() || !Processes.isServerOf(known.get().pid(), dataFolder)) {
      return Optional.empty();
    }
    long pid = known.get().pid();
    Waiting.until(
        settings.patience(),
        () -> !Processes.isAlive(pid) || postmasterPid().filter(PostmasterPid::ready).isPresent());
    return postmasterPid()
        .filter(PostmasterPid::ready)
        .filter(now -> Processes.isServerOf(now.pid(), dataFolder));
  }

  /** Lets a live server go on that was suspended; one that wasn't doesn't notice. */
  void resume(PostmasterPid server) {
    signal("CONT", Processes.withChildren(server.pid()));
  }

  /**
   * Starts the server: on a new data folder if there is none, after recovery if the last one was
   * killed; then on the port it had, if that is free, because other processes' pools look for it
   * there.
   */
  PostmasterPid start() throws IOException {
    log.prepare();
    PostgresBuild build =
        PostgresBuild.of(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path binaries = new Binaries(settings.binariesFolder(), build).folder();
    ServerAccount account = ServerAccount.choose(binaries, dataFolder, settings.logFile());
    if (!hasData()) {
      initialise(binaries, account);
    }
    requireVersion();
    Optional<Integer> before = postmasterPid().map(PostmasterPid::port);
    forgetDeadServer();
    for (int attempt = 1; ; attempt++) {
      Optional<PostmasterPid> started =
          tryStart(
              binaries, account, attempt == 1 && before.isPresent() ? before.get() : freePort());
      if (started.isPresent()) {
        return started.get();
      }
      // Between choosing a free port and using it, another program may have taken it.
      if (attempt == ATTEMPTS || !log.tail().contains("Address already in use")) {
        throw new PostgresException(
            "PostgreSQL did not start on %s. The end of %s:%n%s"
                .formatted(dataFolder, settings.logFile(), log.tail()));
      }
    }
  }

  /**
   * Stops the server, if it is alive and ours: sessions are ended, the data folder is left clean.
   * Suspended processes are resumed. A server that doesn't manage is stopped at once: what it
   * acknowledged is on the disk, and the next start recovers it.
   */
  void stop() throws IOException {
    Optional<PostmasterPid> known = postmasterPid();
    if (known.isEmpty() || !Processes.isServerOf(known.get().pid(), dataFolder)) {
      return;
    }
    long pid = known.get().pid();
    // Java can send only SIGTERM, which would wait for every session to end.
    signal("INT", Stream.of(pid)); // fast shutdown
    signal("CONT", Processes.withChildren(pid));
    if (gone(pid, CLEAN_STOP)) {
      return;
    }
    signal("QUIT", Stream.of(pid)); // immediate shutdown; it kills children that don't end in 5 s
    if (!gone(pid, settings.patience())) {
      throw new PostgresException(
          "PostgreSQL (pid %d) on %s did not stop within %d s. The end of %s:%n%s"
              .formatted(
                  pid,
                  dataFolder,
                  settings.patience().toSeconds(),
                  settings.logFile(),
                  log.tail()));
    }
  }

  private boolean gone(long pid, Duration patience) throws IOException {
    return Waiting.until(patience, () -> !Processes.isServerOf(pid, dataFolder));
  }

  private void signal(String name, Stream<Long> pids) {
    String all = pids.map(String::valueOf).collect(Collectors.joining(" "));
    Commands.run(List.of("sh", "-c", "kill -%s %s".formatted(name, all)), settings.logFile(), 10);
  }

  private Optional<PostmasterPid> postmasterPid() throws IOException {
    try {
      byte[] content = Files.readAllBytes(dataFolder.resolve("postmaster.pid"));
      return PostmasterPid.parse(new String(content, StandardCharsets.UTF_8));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private void initialise(Path binaries, ServerAccount account) throws IOException {
    Path unfinished = dataFolder.resolveSibling(dataFolder.getFileName() + ".new");
    Path password = dataFolder.resolveSibling(dataFolder.getFileName() + ".password");
    Folders.delete(unfinished);
    Folders.createPrivate(unfinished);
    account.giveAway(unfinished);
    try {
      // A copy, because the account that reads it may not be the one that keeps it.
      Files.deleteIfExists(password);
      Files.createFile(password, PosixFilePermissions.asFileAttribute(Password.PRIVATE));
      Files.writeString(password, Password.readOrMake(settings.passwordFile()) + "\n");
      account.giveAway(password);
      List<String> command = new ArrayList<>(account.prefix());
      command.addAll(
          List.of(
              binaries.resolve("bin/initdb").toString(),
              "-D",
              unfinished.toString(),
              "-U",
              ADMIN,
              "-A",
              "scram-sha-256",
              "--pwfile=" + password,
              "--locale-provider=builtin",
              "--locale=C.UTF-8",
              "-E",
              "UTF8",
              "--no-instructions"));
      if (Commands.run(command, settings.logFile(), settings.patience().toSeconds()) != 0) {
        throw new PostgresException(
            "PostgreSQL's initdb failed on %s. The end of %s:%n%s"
                .formatted(unfinished, settings.logFile(), log.tail()));
      }
      Files.deleteIfExists(dataFolder); // an empty folder may stand there
      Files.move(unfinished, dataFolder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(password);
      Folders.delete(unfinished);
    }
  }

  private void requireVersion() throws IOException {
    String version = Files.readString(dataFolder.resolve("PG_VERSION")).strip();
    if (!version.equals(PostgresBuild.MAJOR)) {
      throw new PostgresException(
          "%s was made by PostgreSQL %s, this is %s. Dump it with the older version and load it into a new home"
              .formatted(dataFolder, version, PostgresBuild.MAJOR));
    }
  }

  /**
   * After a kill: its children must be gone before the file that guards the folder may be deleted.
   */
  private void forgetDeadServer() throws IOException {
    Path file = dataFolder.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    if (!Waiting.until(settings.patience(), () -> Processes.workingIn(dataFolder).isEmpty())) {
      OptionalLong pid = Processes.workingIn(dataFolder);
      throw new PostgresException(
          "process %s still works in %s, and its server is gone. End it, then try again"
              .formatted(pid, dataFolder));
    }
    Files.deleteIfExists(file);
  }

  private Optional<PostmasterPid> tryStart(Path binaries, ServerAccount account, int port)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (Commands.onPath("setsid")) {
      command.add("setsid"); // a Ctrl-C in the caller's terminal must not reach the server
    }
    command.addAll(account.prefix());
    command.addAll(
        List.of(
            binaries.resolve("bin/postgres").toString(),
            "-D",
            dataFolder.toString(),
            "-p",
            Integer.toString(port)));
    ServerOptions.FIXED.forEach(option -> command.addAll(List.of("-c", option)));
    Process process = Commands.start(command, settings.logFile());
    Waiting.until(
        settings.patience(),
        () -> !process.isAlive() || postmasterPid().filter(PostmasterPid::ready).isPresent());
    Optional<PostmasterPid> started = postmasterPid().filter(PostmasterPid::ready);
    if (started.isEmpty()) {
      process.destroy();
    }
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
