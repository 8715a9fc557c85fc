package dev.assay.worker.storage;

import dev.assay.ledger.LedgerSchema;
import dev.assay.registry.RegistrySchema;
import javax.sql.DataSource;

/**
 * The newest migration of each schema; 0 where none has run.
 *
 * @param ledger of schema {@code ledger}
 * @param registry of schema {@code registry}
 */
public record SchemaVersions(int ledger, int registry) {

  /** What this build has. */
  static SchemaVersions ofThisBuild() {
    return new SchemaVersions(LedgerSchema.newest(), RegistrySchema.newest());
  }

  /** What has run in a database. */
  static SchemaVersions installed(DataSource database) {
    return new SchemaVersions(LedgerSchema.installed(database), RegistrySchema.installed(database));
  }

  /** Refuses a database that another build made, newer or older. */
  void requireThisBuilds(DatabaseAddress address) {
    requireNotNewer(address);
    SchemaVersions wanted = ofThisBuild();
    if (!equals(wanted)) {
      throw new StorageException(
          "the database %s lacks migrations: it has %s, this build needs %s. Run 'assay db migrate' with %s set"
              .formatted(address, this, wanted, DatabaseSettings.OWNER_URL),
          null);
    }
  }

  /** Refuses a database that a newer build has migrated: what it means is unknown here. */
  void requireNotNewer(DatabaseAddress address) {
    SchemaVersions known = ofThisBuild();
    if (ledger > known.ledger || registry > known.registry) {
      throw new StorageException(
          "the database %s was migrated by a newer assay: it has %s, this build knows %s. Use the newer build"
              .formatted(address, this, known),
          null);
    }
  }

  @Override
  public String toString() {
    return "ledger %d, registry %d".formatted(ledger, registry);
  }
}
