package dev.assay.worker;

import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.storage.DatabaseSettings;
import dev.assay.worker.storage.Storage;

/** The stores with whatever must be open for them. */
record Database(Storage storage, AutoCloseable server) implements AutoCloseable {

  static Database open(AssayHome home, DatabaseSettings settings) {
    return switch (settings) {
      case DatabaseSettings.Embedded _ -> embedded(home);
      case DatabaseSettings.External external ->
          new Database(Storage.open(home, external), () -> {});
    };
  }

  /** For a command that only reads. */
  static Database openToRead(AssayHome home, DatabaseSettings settings) {
    return switch (settings) {
      case DatabaseSettings.Embedded _ -> embedded(home);
      case DatabaseSettings.External external ->
          new Database(Storage.openToRead(home, external), () -> {});
    };
  }

  private static Database embedded(AssayHome home) {
    EmbeddedPostgres server = EmbeddedPostgres.open(home.postgresSettings());
    try {
      return new Database(Storage.open(home, server), server);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public void close() {
    Closing closing = new Closing();
    closing.add(server);
    closing.add(storage);
    closing.close();
  }
}
