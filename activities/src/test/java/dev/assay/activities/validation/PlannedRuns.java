package dev.assay.activities.validation;

import dev.assay.activities.cases.CaseBooks;
import dev.assay.activities.cases.CaseServices;
import dev.assay.activities.cases.CaseWorkflows;
import dev.assay.activities.programs.Isolation;
import dev.assay.activities.trust.Trusts;
import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.ImportedRun;
import dev.assay.connectors.Importer;
import dev.assay.connectors.SourceSpec;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteSigner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LedgerSchema;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import dev.assay.registry.Documents;
import dev.assay.registry.PackedRun;
import dev.assay.registry.Registry;
import dev.assay.registry.RegistrySchema;
import dev.assay.registry.RevisionRow;
import dev.assay.registry.SetMember;
import dev.assay.workflows.validation.JudgingActivities;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.ObservingActivities;
import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
import dev.assay.workflows.validation.PlanningActivities;
import dev.assay.workflows.validation.PlanningActivities.PlannedValidation;
import dev.assay.workflows.validation.RecordingActivities;
import dev.assay.workflows.validation.SealingActivities;
import dev.assay.workflows.validation.ValidationOptions;
import dev.assay.workflows.validation.ValidationRequest;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The 12 example runs of rustorch, 3 of them bad, imported and planned in a database of their own;
 * and the activities on it, called as the engine calls them: arguments and replies as JSON.
 */
final class PlannedRuns implements AutoCloseable {
  static final int RUNS = 12;
  static final int BAD = 3;
  static final String RESULTS_NAME = "assay/results/worker-1";
  private static final String LEDGER = "main";
  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

  private final PGSimpleDataSource owner;
  private final PGSimpleDataSource writer;
  private final Registry registry;
  private final Ledger ledger;
  private final TestActivityEnvironment engine = TestActivityEnvironment.newInstance();
  private final ValidationRequest request;
  private final PlannedValidation plan;

  /**
   * @param key a file for the worker's key
   */
  PlannedRuns(Path key) throws IOException {
    this(
        key,
        PolicyReader.read(Files.readAllBytes(EXAMPLES.resolve("rustorch.yaml")), "rustorch.yaml"));
  }

  /** Judged by another policy. */
  PlannedRuns(Path key, ValidationPolicy policy) {
    TestDatabase database = TestPostgres.freshDatabase();
    owner = source(database, "");
    LedgerSchema.migrate(owner);
    RegistrySchema.migrate(owner);
    writer = source(database, "-c role=assay_writer");
    registry = Registry.on(writer);
    ledger = Ledgers.openOrCreate(writer, LEDGER, LedgerOptions.DEFAULT);
    NoteSigner results = CheckpointSigners.noteSigner(key, RESULTS_NAME);
    ValidationServices services =
        new ValidationServices(
            registry,
            _ -> ledger,
            results,
            new TrustedResults(List.of(results.verifierKey())),
            new CaseBooks(
                new CaseServices(
                    registry,
                    _ -> ledger,
                    name -> Ledgers.reader(writer, name),
                    new Policies(registry.documents()),
                    name ->
                        new Trusts(
                            Ledgers.reader(writer, name),
                            registry.documents(),
                            _ -> Optional.empty()),
                    InstantSource.system()),
                new CaseWorkflows() {
                  @Override
                  public void start(String ledgerName, List<String> caseIds) {}

                  @Override
                  public void opened(String ledgerName) {}
                }),
            InstantSource.system());
    engine.registerActivitiesImplementations(services.work().toArray());
    engine.registerActivitiesImplementations(services.judging().toArray());
    engine.registerActivitiesImplementations(services.observing(Isolation.full()).toArray());
    Sha256 policyDigest =
        registry.documents().save(ValidationPolicy.KIND, CanonicalJson.encode(policy.toJson()));
    request =
        new ValidationRequest(
            registry
                .executions()
                .allocate("validate", "test", policyDigest)
                .execution()
                .workflowId(),
            LEDGER,
            policyDigest.hex(),
            imported(registry).toString(),
            new ValidationOptions(1, RUNS, false, false));
    plan = engine.newActivityStub(PlanningActivities.class).plan(request);
  }

  private static PGSimpleDataSource source(TestDatabase database, String options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    source.setOptions(options);
    return source;
  }

  private static UUID imported(Registry registry) {
    UUID set = registry.importSets().create();
    try (Importer importer =
        Importer.open(
            List.of(SourceSpec.parse(EXAMPLES.resolve("rustorch").toString())),
            new ImportOptions(1, true))) {
      importer.read(run -> save(registry, set, run));
    }
    registry.importSets().close(set);
    return set;
  }

  private static void save(Registry registry, UUID set, ImportedRun imported) {
    String location = imported.run().source().location();
    registry
        .runRevisions()
        .save(
            List.of(
                new RevisionRow(
                    imported.run().identity(),
                    location,
                    imported.run().name(),
                    imported.run().status(),
                    PackedRun.pack(imported.run(), imported.encoded()))));
    registry
        .importSets()
        .add(
            set,
            List.of(
                new SetMember(
                    imported.run().identity(),
                    imported.encoded().digest(),
                    location,
                    imported
                        .artifactDigests()
                        .map(
                            digests ->
                                registry
                                    .documents()
                                    .save(
                                        Documents.ARTIFACT_DIGESTS,
                                        CanonicalJson.encode(digests.toJson()))))));
  }

  ValidationRequest request() {
    return request;
  }

  PlannedValidation plan() {
    return plan;
  }

  /** As the engine does when the reply was lost. */
  PlannedValidation planAgain() {
    return engine.newActivityStub(PlanningActivities.class).plan(request);
  }

  Registry registry() {
    return registry;
  }

  /** All runs as one shard. */
  ShardRequest shard() {
    return new ShardRequest(
        request.workflowId(), plan.planDigest(), request.policyDigest(), 0, plan.runs());
  }

  SignedShard judge() {
    return engine.newActivityStub(JudgingActivities.class).judge(shard());
  }

  ObservedShard observe() {
    return engine.newActivityStub(ObservingActivities.class).observe(shard());
  }

  SignedShard judge(ObservedShard observed) {
    return engine.newActivityStub(JudgingActivities.class).judgeObserved(observed);
  }

  RecordingActivities recording() {
    return engine.newActivityStub(RecordingActivities.class);
  }

  SealingActivities sealing() {
    return engine.newActivityStub(SealingActivities.class);
  }

  long ledgerSize() {
    return ledger.head().size();
  }

  /** The validation's entries of a kind, or cases' entries, oldest first. */
  List<StoredEntry> entries(String kind) {
    LedgerReader reader = Ledgers.reader(writer, LEDGER);
    return reader.log(LogFilter.ALL.withKind(kind));
  }

  /** Puts the judgement of a run that passed in the place of those that failed. */
  void praiseFailures() throws SQLException {
    tamper(
        """
        UPDATE registry.judgement bad
        SET verdict = good.verdict, findings_digest = good.findings_digest,
          findings = good.findings
        FROM registry.judgement good
        WHERE bad.verdict = 'FAIL' AND good.ordinal =
          (SELECT min(ordinal) FROM registry.judgement WHERE verdict = 'PASS')
        """);
  }

  /** What an administrator of the database can do to it. */
  void tamper(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      if (statement.executeUpdate(sql) == 0) {
        throw new AssertionError("changed nothing: " + sql);
      }
    }
  }

  @Override
  public void close() {
    engine.close();
    ledger.close();
  }
}
