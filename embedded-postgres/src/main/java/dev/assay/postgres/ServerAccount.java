package dev.assay.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** As whom the server runs. PostgreSQL refuses to run as root, and wants to own its data folder. */
sealed interface ServerAccount {
  /** What goes before each of PostgreSQL's commands. */
  List<String> prefix();

  /** Makes a file or folder the account's own. */
  void giveAway(Path path) throws IOException;

  /** The caller's own account: an ordinary user. */
  record Caller() implements ServerAccount {
    @Override
    public List<String> prefix() {
      return List.of();
    }

    @Override
    public void giveAway(Path path) {}
  }

  /**
   * Root in a user namespace without a mapping: files stay root's, but the server sees the id
   * 65534. It satisfies PostgreSQL's check and isolates nothing (SECURITY.md).
   */
  record UserNamespace() implements ServerAccount {
    static final List<String> PREFIX = List.of("unshare", "-U");

    @Override
    public List<String> prefix() {
      return PREFIX;
    }

    @Override
    public void giveAway(Path path) {}
  }

  /**
   * Another account, entered by root with all privileges dropped. It must be able to reach binaries
   * and data.
   */
  record Other(int uid, int gid) implements ServerAccount {
    @Override
    public List<String> prefix() {
      return List.of(
          "setpriv",
          "--reuid=" + uid,
          "--regid=" + gid,
          "--clear-groups",
          "--no-new-privs",
          "--inh-caps=-all",
          "--bounding-set=-all");
    }

    /**
     * Lets the account enter a folder of root's that is closed to others; it still can't list or
     * write there.
     */
    void letPass(Path folder) throws IOException {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
      if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)
          && ServerAccount.uid(folder) == 0) {
        Files.setAttribute(folder, "unix:gid", gid);
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
        Files.setPosixFilePermissions(folder, permissions);
      }
    }

    @Override
    public void giveAway(Path path) throws IOException {
      Files.setAttribute(path, "unix:gid", gid);
      Files.setAttribute(path, "unix:uid", uid);
    }
  }

  /**
   * Chooses. Root uses a user namespace; where namespaces are denied, or the data folder is another
   * user's already, that user or else {@code postgres} or {@code nobody}.
   *
   * @param logFile takes what the tried programs print
   * @throws PostgresUnsupportedException if root has no way to run the server here
   */
  static ServerAccount choose(Path binaries, Path dataFolder, Path logFile) throws IOException {
    Path parent = Optional.ofNullable(dataFolder.getParent()).orElse(dataFolder);
    // Who the caller is shows in what it has just made; Java has no other portable way to ask.
    if (uid(logFile) != 0) {
      return new Caller();
    }
    if (Files.exists(dataFolder) && uid(dataFolder) != 0) {
      return reachable(new Other(uid(dataFolder), gid(dataFolder)), binaries, parent, logFile);
    }
    if (Commands.run(Commands.join(UserNamespace.PREFIX, List.of("true")), logFile, 10) == 0) {
      return new UserNamespace();
    }
    return reachable(account(Path.of("/etc/passwd")), binaries, parent, logFile);
  }

  private static Other reachable(Other account, Path binaries, Path parent, Path logFile)
      throws IOException {
    String program = binaries.resolve("bin/postgres").toString();
    account.letPass(parent);
    account.letPass(Optional.ofNullable(binaries.getParent()).orElse(binaries));
    List<String> test =
        List.of("sh", "-c", "test -x \"$1\" && test -x \"$2\"", "sh", program, parent.toString());
    if (Commands.run(Commands.join(account.prefix(), test), logFile, 10) == 0) {
      return account;
    }
    throw new PostgresUnsupportedException(
        "PostgreSQL doesn't run as root, user namespaces (unshare -U) are denied here, and the account with uid %d can't reach %s and %s."
                .formatted(account.uid(), program, parent)
            + " Run as an ordinary user, choose a home that it may enter (chmod o+x on each folder of the path), or set ASSAY_DB_URL");
  }

  /**
   * The uid and gid of {@code postgres}, else {@code nobody}, else those that Linux reserves for
   * nobody.
   */
  static Other account(Path passwd) {
    for (String name : List.of("postgres", "nobody")) {
      try (Stream<String> lines = Files.lines(passwd)) {
        Optional<Other> found =
            lines
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 4 && fields[0].equals(name))
                .map(fields -> new Other(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                .findFirst();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (IOException | NumberFormatException _) {
        break; // no readable list of accounts: the reserved id will do
      }
    }
    return new Other(65534, 65534);
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private static int gid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:gid");
  }
}
