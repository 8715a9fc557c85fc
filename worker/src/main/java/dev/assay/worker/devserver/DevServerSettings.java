package dev.assay.worker.devserver;

import io.temporal.common.SearchAttributeKey;
import java.nio.file.Path;
import java.util.List;

/**
 * One dev server.
 *
 * @param program the {@code temporal} program
 * @param databaseFile where it keeps workflows; made on first use, used by one server at a time
 * @param logFile what it prints
 * @param ports where it listens, on 127.0.0.1
 * @param searchAttributes registered in its namespace
 */
public record DevServerSettings(
    Path program,
    Path databaseFile,
    Path logFile,
    Ports ports,
    List<SearchAttributeKey<?>> searchAttributes) {
  public DevServerSettings {
    searchAttributes = List.copyOf(searchAttributes);
  }

  /**
   * Where a dev server listens.
   *
   * @param frontend gRPC
   * @param ui the Web UI
   */
  public record Ports(int frontend, int ui) {
    /** As {@code host:port}. */
    public String address() {
      return "127.0.0.1:" + frontend;
    }

    /** The Web UI's first page. */
    public String uiUrl() {
      return "http://127.0.0.1:" + ui;
    }
  }
}
