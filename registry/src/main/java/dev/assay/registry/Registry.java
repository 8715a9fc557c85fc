package dev.assay.registry;

import javax.sql.DataSource;

/**
 * Everything the registry keeps, over one source of connections. A scoped read ({@link
 * ImportSets#sorted}) with a write inside it holds two connections: the pool has at least 2. All
 * parts may be used by several threads. Every method of every part throws {@link
 * RegistryUnavailableException} if it may work on another try and {@link RegistryException} if not.
 */
public record Registry(
    RunRevisions runRevisions,
    Documents documents,
    ImportSets importSets,
    RunHeads runHeads,
    Executions executions,
    Plans plans,
    Judgements judgements,
    Shards shards,
    ObservationIndex observations,
    Cases cases,
    PrivateTexts privateTexts) {

  /** Most rows that one transaction of a bulk write holds, and most rows of a shard. */
  public static final int BATCH = 1_000;

  /** Most rows that one read returns. */
  public static final int MAX_PAGE = 10_000;

  /** The registry in a database that {@link RegistrySchema} made; as role assay_writer. */
  public static Registry on(DataSource dataSource) {
    Jdbc jdbc = new Jdbc(dataSource);
    return new Registry(
        new PgRunRevisions(jdbc),
        new PgDocuments(jdbc),
        new PgImportSets(jdbc),
        new PgRunHeads(jdbc),
        new PgExecutions(jdbc),
        new PgPlans(jdbc),
        new PgJudgements(jdbc),
        new PgShards(jdbc),
        new PgObservationIndex(jdbc),
        new PgCases(jdbc),
        new PgPrivateTexts(jdbc));
  }
}
