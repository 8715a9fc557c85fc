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
import dev.assay.model.cases.CaseCodec;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseState;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.remedy.CorrectionStatement;
import dev.assay.model.remedy.Corrections;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustReader;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import dev.assay.registry.CaseRow;
import dev.assay.registry.NewCase;
import dev.assay.registry.Registry;
import dev.assay.registry.RegistrySchema;
import dev.assay.workflows.cases.CaseActivities;
import dev.assay.workflows.cases.CaseActivities.CaseTask;
import dev.assay.workflows.cases.CaseAsk;
import dev.assay.workflows.cases.CaseReply;
import dev.assay.workflows.cases.CaseStart;
import dev.assay.workflows.cases.CaseStarting;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One open case in a real database, and people of two roles. */
public final class OpenCase implements AutoCloseable {
  public static final String LEDGER = "main";

  private static final RunIdentity RUN = new RunIdentity("assay", "e", "r");

  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: p
      stages: [{id: s, checks: [{id: c, type: status, in: [FINISHED]}]}]
      cases: {approvals: {waive: {risk: 2}}, notAuthor: false}
      """;

  private static final byte[] POLICY_JSON =
      CanonicalJson.encode(
          PolicyReader.read(POLICY.getBytes(StandardCharsets.UTF_8), "policy.yaml").toJson());

  public final SigningKey ann = SigningKey.generate(KeyType.ED25519);
  public final SigningKey ben = SigningKey.generate(KeyType.ED25519);
  public final SigningKey cleo = SigningKey.generate(KeyType.ED25519);
  public final SigningKey stranger = SigningKey.generate(KeyType.ED25519);
  public final String id;
  public final Sha256 runDigest = digest("run");

  /** The first Trust document, which is pinned. */
  public final Trust trust;

  /** The policy that opened the case. */
  public final Sha256 policyDigest;

  private final CountedSource writer;
  private final Registry registry;
  private final Ledger ledger;
  private final CaseServices services;
  private int ordinal;
  private volatile Runnable doing = () -> {};
  private final TestActivityEnvironment engine = TestActivityEnvironment.newInstance();

  public OpenCase() {
    TestDatabase database = TestPostgres.freshDatabase();
    PGSimpleDataSource owner = source(new PGSimpleDataSource(), database, "");
    LedgerSchema.migrate(owner);
    RegistrySchema.migrate(owner);
    writer = source(new CountedSource(), database, "-c role=assay_writer");
    registry = Registry.on(writer);
    ledger = Ledgers.openOrCreate(writer, LEDGER, LedgerOptions.DEFAULT);
    trust =
        TrustReader.read(
            """
            apiVersion: assay/v1
            kind: Trust
            name: t
            people:
              - {id: p-ann, keys: ['%s'], roles: [risk]}
              - {id: p-ben, keys: ['%s'], roles: [risk]}
              - {id: p-cleo, keys: ['%s'], roles: [other]}
            quorum: {trust: {risk: 1}}
            """
                .formatted(PublicKeys.of(ann), PublicKeys.of(ben), PublicKeys.of(cleo))
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
    policyDigest = registry.documents().save(ValidationPolicy.KIND, POLICY_JSON);
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
    return open(run, run.equals(RUN.runId()) ? "validate/v#1" : "validate/v-%s#1".formatted(run));
  }

  /** The case that a validation opens of a run, unless the run has one; its id. */
  String open(String run, String workflowId) {
    RunIdentity identity = identity(run);
    Instant now = Instant.now();
    NewCase opened =
        new NewCase(
            LEDGER,
            identity,
            "p",
            workflowId,
            runDigest,
            RunVerdict.FAIL,
            now,
            CaseState.OPEN,
            Optional.empty(),
            Optional.of(now),
            "s/c=FAIL",
            0);
    String caseId = registry.cases().open(List.of(opened)).getFirst().caseId();
    long verdict = judged(identity, workflowId, policyDigest, "FAIL");
    ledger.append(
        new NewEntry(
            "case/%s/opened".formatted(caseId),
            EntryKind.CASE_OPENED,
            "assay/quarantine",
            caseId,
            "OPEN",
            now,
            new Correlation(workflowId, "", ""),
            JsonObject.EMPTY
                .with("policyDigest", policyDigest.hex())
                .with("policyName", "p")
                .with("run", identity.toString())
                .with("runDigest", runDigest.hex())
                .with("verdict", "FAIL")
                .with("verdictIndex", verdict)));
    return caseId;
  }

  /** The entries of a validation of this run alone; the index of its verdict. */
  public long judged(String workflowId, Sha256 policyDigest, String verdict) {
    return judged(RUN, workflowId, policyDigest, verdict);
  }

  private long judged(
      RunIdentity identity, String workflowId, Sha256 policyDigest, String verdict) {
    JsonObject policy = JsonObject.EMPTY.with("policyDigest", policyDigest.hex());
    append(workflowId + "/planned", "validation.planned", workflowId, "", policy);
    append(
        workflowId + "/verdict/0",
        EntryKind.RUN_VERDICT,
        identity.toString(),
        verdict,
        new Correlation(workflowId, "", ""),
        JsonObject.EMPTY.with("runDigest", runDigest.hex()));
    append(workflowId + "/sealed", "validation.sealed", workflowId, "SEALED", policy);
    return reader().entryByKey(workflowId + "/verdict/0").orElseThrow().index();
  }

  /** As whoever has the database's password can. */
  public long append(String key, String kind, String subject, String outcome, JsonObject payload) {
    return append(key, kind, subject, outcome, new Correlation("", "", ""), payload);
  }

  private long append(
      String key,
      String kind,
      String subject,
      String outcome,
      Correlation correlation,
      JsonObject payload) {
    String actor =
        payload.members().get("key") instanceof JsonString(String by) ? by : "assay/quarantine";
    return ledger
        .append(
            new NewEntry(key, kind, actor, subject, outcome, Instant.now(), correlation, payload))
        .index();
  }

  /** A transition that nothing decided about; its index. */
  public long forge(CaseEvent event, CaseState after) {
    CaseFile now = new CaseLedger(reader()).read(id).file();
    CaseEntry entry = CaseCodec.write(event, "forged-" + now.ordinal());
    return append(
        CaseLedger.key(id, now.ordinal() + 1), entry.kind(), id, after.name(), entry.payload());
  }

  /** Puts an envelope where decisions look for it. */
  public Sha256 save(Envelope envelope) {
    return registry.documents().save("Envelope", envelope.encode());
  }

  /** Who is trusted, and what changes it. */
  public TrustLog trustLog() {
    return new TrustLog(ledger, registry.documents(), Clock.systemUTC());
  }

  /** Whom the case's ledger trusts now. */
  public Trusts trusts() {
    return services.trusts().apply(LEDGER);
  }

  /** Where the case stands now. */
  public CaseState state() {
    return new CaseLedger(reader()).read(id).file().state();
  }

  public DataSource dataSource() {
    return writer;
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

  public static Sha256 digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  public CaseStart start() {
    return new CaseStart(LEDGER, id, false);
  }

  public CaseActivities activities() {
    return engine.newActivityStub(CaseActivities.class);
  }

  /** As if time brought the next thing then. */
  void dueIn(int days) {
    ordinal++;
    Instant due = Instant.now().plus(Duration.ofDays(days));
    registry
        .cases()
        .stand(
            id,
            new CaseRow.Standing(
                CaseState.OPEN,
                ordinal,
                runDigest,
                Optional.of(due),
                Optional.of(due),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ordinal));
  }

  /** As if an activity had been tried before, and had come so far. */
  void triedBefore(int heartbeat) {
    engine.setHeartbeatDetails(heartbeat);
  }

  /** The keeper's activity, a day from now, on an engine that does what {@code workflows} does. */
  CaseStarting starting(CaseWorkflows workflows, BooleanSupplier stopping) {
    CaseServices tomorrow =
        new CaseServices(
            services.registry(),
            services.ledgers(),
            services.readers(),
            services.policies(),
            services.trusts(),
            InstantSource.offset(InstantSource.system(), Duration.ofDays(1)));
    engine.registerActivitiesImplementations(new CaseStartingImpl(tomorrow, workflows, stopping));
    return engine.newActivityStub(CaseStarting.class);
  }

  public CaseReply act(String command, CaseAction action, CaseAsk ask) {
    return activities().act(new CaseTask(start(), command, action, ask, Instant.now()));
  }

  /** Proposes a waiver, and says what people sign about it. */
  public DecisionStatement proposed(String command) {
    act(
        command,
        CaseAction.WAIVE,
        CaseAsk.waiver(
            Instant.now().plusSeconds(86_400).truncatedTo(ChronoUnit.MICROS).toString(),
            Optional.empty()));
    CaseDesk desk = new CaseDesk(services, LEDGER);
    RecordedCase now = new CaseLedger(reader()).read(id);
    return new CaseDecisions(services, LEDGER)
        .proposal(now.file(), desk.policy(now.file()))
        .orElseThrow()
        .decision(true, Instant.now().plusSeconds(3_600));
  }

  public CaseReply decide(String command, DecisionStatement statement, SigningKey key) {
    Envelope envelope = Envelope.sign(statement.statement(), key);
    Sha256 digest = registry.documents().save("Envelope", envelope.encode());
    return act(
        command,
        statement.approve() ? CaseAction.APPROVE : CaseAction.DECLINE,
        CaseAsk.decision(digest.hex()));
  }

  CorrectionStatement correction(String caseId) {
    return new CorrectionStatement(
        reader().head().origin(),
        caseId,
        runDigest,
        new Corrections(List.of(), new TreeMap<>(Map.of("team", "vision"))),
        digest("reason"));
  }

  CaseReply correct(String command, CorrectionStatement statement, SigningKey key) {
    Envelope envelope = Envelope.sign(statement.statement(), key);
    Sha256 digest = registry.documents().save("Envelope", envelope.encode());
    return act(command, CaseAction.REMEDIATE, CaseAsk.remedy("correct", Optional.of(digest.hex())));
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

  public LedgerReader reader() {
    return Ledgers.reader(writer, LEDGER);
  }

  public List<StoredEntry> entries(String kind) {
    return reader().log(LogFilter.ALL.withKind(kind).withSubject(id));
  }

  public Registry registry() {
    return registry;
  }

  @Override
  public void close() {
    engine.close();
    ledger.close();
  }
}
