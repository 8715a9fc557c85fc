package dev.assay.cli.base;

/**
 * One command: a class with picocli's {@code @Command}, options and positionals as fields, and
 * this. It gets all it works with from the session, shows its result through {@link
 * Session#output()} and says how it ends. What it throws becomes an exit code in {@code
 * dev.assay.cli.Failures}.
 */
@FunctionalInterface
public interface Command {

  /** Does the work. The session is closed by the caller. */
  ExitCode run(Session session) throws Exception;
}
