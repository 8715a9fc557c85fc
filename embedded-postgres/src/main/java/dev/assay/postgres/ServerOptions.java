package dev.assay.postgres;

import java.util.List;

/** What is fixed on the command line, where no file in the data folder can change it. */
final class ServerOptions {
  /** Loopback only, no socket files, and a commit that was acknowledged is on the disk. */
  static final List<String> FIXED =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "logging_collector=off",
          "log_timezone=UTC",
          "timezone=UTC");

  private ServerOptions() {}
}
