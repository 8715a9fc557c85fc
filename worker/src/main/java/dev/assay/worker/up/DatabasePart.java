package dev.assay.worker.up;

import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.postgres.PostgresSettings;

/** The home's PostgreSQL: started again on its port, where every process looks for it. */
final class DatabasePart implements Part {
  private final EmbeddedPostgres postgres;
  private final String log;

  DatabasePart(EmbeddedPostgres postgres, PostgresSettings settings) {
    this.postgres = postgres;
    this.log = settings.logFile().toString();
  }

  @Override
  public String name() {
    return "the database";
  }

  @Override
  public void start() {
    postgres.revive();
  }

  @Override
  public boolean alive() {
    return postgres.isRunning();
  }

  @Override
  public String log() {
    return log;
  }

  /** Gives the share back: another command may still use the server. */
  @Override
  public void stop() {
    postgres.close();
  }
}
