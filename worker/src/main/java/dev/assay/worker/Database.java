package dev.assay.worker;

import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.storage.Storage;

/** The stores with whatever must be open for them. */
record Database(Storage storage, AutoCloseable server) implements AutoCloseable {

  static Database open(AssayHome home) {
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
