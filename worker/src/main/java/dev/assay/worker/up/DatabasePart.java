package dev.assay.worker.up;

import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.postgres.PostgresSettings;
import java.util.Optional;

/** The home's PostgreSQL: started again on its port, where every process looks for it. */
final class DatabasePart implements Part {
  private final PostgresSettings settings;
  private Optional<EmbeddedPostgres> postgres = Optional.empty();

  DatabasePart(PostgresSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "the database";
  }

  @Override
  public void start() {
    if (postgres.isPresent()) {
      postgres.get().revive();
    } else {
      postgres = Optional.of(EmbeddedPostgres.open(settings));
    }
  }

  @Override
  public boolean alive() {
    return postgres.filter(EmbeddedPostgres::isRunning).isPresent();
  }

  @Override
  public String log() {
    return settings.logFile().toString();
  }

  /** Gives the share back: another command may still use the server. */
  @Override
  public void stop() {
    postgres.ifPresent(EmbeddedPostgres::close);
  }
}
