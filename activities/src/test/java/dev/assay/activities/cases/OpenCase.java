package dev.assay.activities.cases;

import dev.assay.activities.trust.TrustLog;
import dev.assay.activities.trust.Trusts;
import dev.assay.activities.validation.Policies;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.PublicKeys;
import dev.assay.evidence.SigningKey;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LedgerSchema;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseState;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustReader;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import dev.assay.registry.NewCase;
import dev.assay.registry.Registry;
import dev.assay.registry.RegistrySchema;
import dev.assay.workflows.cases.CaseActivities;
import dev.assay.workflows.cases.CaseActivities.CaseTask;
import dev.assay.workflows.cases.CaseAsk;
import dev.assay.workflows.cases.CaseReply;
import dev.assay.workflows.cases.CaseStart;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** One open case in a real database, and people of two roles. */
final class OpenCase implements AutoCloseable {
  static final String LEDGER = "main";

  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: p
      stages: [{id: s, checks: [{id: c, type: status, in: [FINISHED]}]}]
      cases: {approvals: {waive: {risk: 2}}, notAuthor: false}
      """;

  final SigningKey ann = SigningKey.generate(KeyType.ED25519);
  final SigningKey ben = SigningKey.generate(KeyType.ED25519);
  final SigningKey stranger = SigningKey.generate(KeyType.ED25519);
  final String id;
  final Sha256 runDigest = digest("run");

  private final CountedSource writer;
  private final Registry registry;
  private final Ledger ledger;
  private final CaseServices services;
  private volatile Runnable doing = () -> {};
  private final TestActivityEnvironment engine = TestActivityEnvironment.newInstance();

  OpenCase() {
    TestDatabase database = TestPostgres.freshDatabase();
    PGSimpleDataSource owner = source(new PGSimpleDataSource(), database, "");
    LedgerSchema.migrate(owner);
    RegistrySchema.migrate(owner);
    writer = source(new CountedSource(), database, "-c role=assay_writer");
    registry = Registry.on(writer);
    ledger = Ledgers.openOrCreate(writer, LEDGER, LedgerOptions.DEFAULT);
    Trust trust =
        TrustReader.read(
            """
            apiVersion: assay/v1
            kind: Trust
            name: t
            people:
              - {id: p-ann, keys: ['%s'], roles: [risk]}
              - {id: p-ben, keys: ['%s'], roles: [risk]}
            quorum: {trust: {risk: 1}}
            """
                .formatted(PublicKeys.of(ann), PublicKeys.of(ben))
                .getBytes(StandardCharsets.UTF_8),
            "trust.yaml");
    new TrustLog(ledger, registry.documents(), Clock.systemUTC()).pin(trust);
    services =
        new CaseServices(
            registry,
            _ -> ledger,
            name -> Ledgers.reader(writer, name),
            new Policies(registry.documents()),
            name ->
                new Trusts(
                    Ledgers.reader(writer, name),
                    registry.documents(),
                    _ -> Optional.of(trust.digest())),
            InstantSource.system());
    engine.registerActivitiesImplementations(
        new CaseActivitiesImpl(services), (Doing) () -> doing.run());
    id = open("r");
  }

  /** Counts its connections: every question to the database takes one. */
  private static final class CountedSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    private final AtomicInteger taken = new AtomicInteger();

    @Override
    public Connection getConnection() throws SQLException {
      taken.incrementAndGet();
      return super.getConnection();
    }
  }

  /** For what only an activity may call. */
  @ActivityInterface
  public interface Doing {
    @ActivityMethod
    void doIt();
  }

  private static <S extends PGSimpleDataSource> S source(
      S source, TestDatabase database, String options) {
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    source.setOptions(options);
    return source;
  }

  /** The case of another run; its id. */
  String open(String run) {
    ValidationPolicy policy =
        PolicyReader.read(POLICY.getBytes(StandardCharsets.UTF_8), "policy.yaml");
    Sha256 policyDigest =
        registry.documents().save(ValidationPolicy.KIND, CanonicalJson.encode(policy.toJson()));
    RunIdentity identity = identity(run);
    Instant now = Instant.now();
    NewCase opened =
        new NewCase(
            LEDGER,
            identity,
            "p",
            "validate/v#1",
            runDigest,
            RunVerdict.FAIL,
            now,
            CaseState.OPEN,
            Optional.empty(),
            Optional.of(now),
            "s/c=FAIL",
            0);
    String caseId = registry.cases().open(List.of(opened)).getFirst().caseId();
    ledger.append(
        new NewEntry(
            "case/%s/opened".formatted(caseId),
            EntryKind.CASE_OPENED,
            "assay/quarantine",
            caseId,
            "OPEN",
            now,
            new Correlation("validate/v#1", "", ""),
            JsonObject.EMPTY
                .with("policyDigest", policyDigest.hex())
                .with("policyName", "p")
                .with("run", identity.toString())
                .with("runDigest", runDigest.hex())
                .with("verdict", "FAIL")
                .with("verdictIndex", 0)));
    return caseId;
  }

  static RunIdentity identity(String run) {
    return new RunIdentity("assay", "e", run);
  }

  CaseServices services() {
    return services;
  }

  /** Registers activities. */
  void register(Object activities) {
    engine.registerActivitiesImplementations(activities);
  }

  <T> T stub(Class<T> activities) {
    return engine.newActivityStub(activities);
  }

  /** In an activity; how many questions to the database it took. */
  int questions(Runnable work) {
    int before = writer.taken.get();
    doing = work;
    engine.newActivityStub(Doing.class).doIt();
    return writer.taken.get() - before;
  }

  static Sha256 digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  CaseStart start() {
    return new CaseStart(LEDGER, id, false);
  }

  CaseActivities activities() {
    return engine.newActivityStub(CaseActivities.class);
  }

  CaseReply act(String command, CaseAction action, CaseAsk ask) {
    return activities().act(new CaseTask(start(), command, action, ask, Instant.now()));
  }

  /** Proposes a waiver, and says what people sign about it. */
  DecisionStatement proposed(String command) {
    act(
        command,
        CaseAction.WAIVE,
        CaseAsk.waiver(Instant.now().plusSeconds(86_400).toString(), Optional.empty()));
    CaseDesk desk = new CaseDesk(services, LEDGER);
    RecordedCase now = new CaseLedger(reader()).read(id);
    return new CaseDecisions(services, LEDGER)
        .proposal(now.file(), desk.policy(now.file()))
        .orElseThrow()
        .decision(true, Instant.now().plusSeconds(3_600));
  }

  CaseReply decide(String command, DecisionStatement statement, SigningKey key) {
    Envelope envelope = Envelope.sign(statement.statement(), key);
    Sha256 digest = registry.documents().save("Envelope", envelope.encode());
    return act(
        command,
        statement.approve() ? CaseAction.APPROVE : CaseAction.DECLINE,
        CaseAsk.decision(digest.hex()));
  }

  /** As somebody else who has read the same and was faster. */
  void appendBeside(int ordinal) {
    ledger.append(
        new NewEntry(
            CaseLedger.key(id, ordinal),
            "case.commented",
            "assay/quarantine",
            id,
            "OPEN",
            Instant.now(),
            new Correlation("", "", ""),
            JsonObject.EMPTY.with("command", "other").with("text", digest("words").hex())));
  }

  LedgerReader reader() {
    return Ledgers.reader(writer, LEDGER);
  }

  List<StoredEntry> entries(String kind) {
    return reader().log(LogFilter.ALL.withKind(kind).withSubject(id));
  }

  Registry registry() {
    return registry;
  }

  @Override
  public void close() {
    engine.close();
    ledger.close();
  }
}
