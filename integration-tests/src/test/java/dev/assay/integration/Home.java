package dev.assay.integration;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.connectors.SourceSpec;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.registry.JudgementRow;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.worker.Stack;
import dev.assay.worker.StackSettings;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.choice.ConnectionFlags;
import dev.assay.worker.choice.EngineSelection;
import dev.assay.worker.choice.EngineWish;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.imports.ImportListener;
import dev.assay.worker.imports.RunStaging;
import dev.assay.worker.imports.StagedRuns;
import dev.assay.worker.storage.DatabaseSettings;
import dev.assay.worker.up.UpState;
import dev.assay.worker.validations.StartedValidation;
import dev.assay.worker.validations.ValidationWatcher;
import dev.assay.worker.validations.Validations;
import dev.assay.workflows.validation.ValidationOptions;
import dev.assay.workflows.validation.ValidationOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home with the stack that {@code assay validate} opens: engine, worker, database, keys. */
final class Home implements AutoCloseable {
  static final String LEDGER = "main";

  private static final ImportListener NOBODY =
      new ImportListener() {
        @Override
        public void expected(long runs) {}

        @Override
        public void stored(long runs) {}
      };

  private final Stack stack;

  private Home(Stack stack) {
    this.stack = stack;
  }

  static Home open(Path folder) {
    return new Home(Stack.openWithEngine(folder, "integration test", _ -> {}));
  }

  /**
   * With an engine of its own that outlives its workers, as a {@code temporal} on PATH brings it.
   */
  static Home openWithServer(Path folder) {
    return new Home(
        Stack.openWithEngine(
            new StackSettings(
                folder,
                new ChosenEngine.OwnServer(Path.of(UpHome.temporal().values().iterator().next())),
                new DatabaseSettings.Embedded(),
                "integration test",
                _ -> {})));
  }

  static Home openStores(Path folder) {
    return new Home(Stack.openStores(folder, "integration test", _ -> {}));
  }

  /** The stores of an embedded home, whose database it keeps running while commands work in it. */
  static Home watching(Path folder) {
    return new Home(Stack.openToWatch(StackSettings.embedded(folder, "integration test", _ -> {})));
  }

  /** The stores of a home in which {@code assay up} runs. */
  static Home ofUp(Path folder) {
    return new Home(
        Stack.openStores(
            new StackSettings(
                folder,
                new ChosenEngine.Up(UpState.find(folder).orElseThrow()),
                new DatabaseSettings.Embedded(),
                "integration test",
                _ -> {})));
  }

  /** The stores that an environment names, for a test that looks on. */
  static Home lookingOn(Path folder, Map<String, String> environment) {
    return new Home(
        Stack.openStores(
            new StackSettings(
                folder,
                new EngineSelection(EngineWish.AUTO, ConnectionFlags.NONE, environment)
                    .choose(folder),
                DatabaseSettings.from(environment),
                "integration test",
                _ -> {})));
  }

  Stack stack() {
    return stack;
  }

  Registry registry() {
    return stack.storage().registry();
  }

  LedgerReader ledger() {
    return stack.storage().reader(LEDGER);
  }

  StagedRuns stage(ValidationPolicy policy, Path... sources) {
    List<SourceSpec> specs =
        List.of(sources).stream().map(source -> SourceSpec.parse(source.toString())).toList();
    return new RunStaging(registry(), 2).stage(specs, policy.needsDigests(), NOBODY);
  }

  StartedValidation start(
      ValidationPolicy policy, StagedRuns runs, Optional<String> id, ValidationOptions options) {
    return new Validations(stack, LEDGER).start(policy, runs, id, options, _ -> {});
  }

  /** Imports and judges, as the command does. */
  Judged validate(Path policyFile, Path... sources) throws Exception {
    ValidationPolicy policy = Inputs.policy(policyFile);
    StartedValidation started =
        start(
            policy,
            stage(policy, sources),
            Optional.empty(),
            new ValidationOptions(2, 1_000, false, true));
    ValidationOutcome outcome = started.await(ValidationWatcher.silent());
    return new Judged(outcome, judgements(started.workflowId()));
  }

  /**
   * A finished validation.
   *
   * @param runs what was decided of each run, in plan order
   */
  record Judged(ValidationOutcome outcome, List<JudgedRun> runs) {

    /** The judgement of the only run of this name. */
    Judgement judgement(String name) {
      List<JudgedRun> found = runs.stream().filter(run -> run.name().equals(name)).toList();
      if (found.size() != 1) {
        throw new AssertionError("%d of %s are named %s".formatted(found.size(), runs, name));
      }
      return found.getFirst().judgement();
    }
  }

  /**
   * A run.
   *
   * @param name as its record has it
   */
  record JudgedRun(String name, Judgement judgement) {}

  /** What the registry holds about a finished validation's runs. */
  List<JudgedRun> judgements(String workflowId) {
    int runs = registry().plans().count(workflowId);
    PlannedChecks checks = registry().plans().checks(workflowId);
    List<PlanRow> rows = registry().plans().shard(workflowId, 0, runs);
    List<JudgementRow> judged = registry().judgements().read(workflowId, 0, runs);
    List<String> names = registry().runRevisions().names(rows.stream().map(PlanRow::key).toList());
    List<JudgedRun> result = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      result.add(new JudgedRun(names.get(i), judged.get(i).judgement(checks, rows.get(i))));
    }
    return result;
  }

  /** Recomputes the whole ledger, against this home's signed checkpoint if there is one. */
  VerifyReport verify() {
    return LedgerVerifier.verify(
        stack.storage().dataSource(),
        VerifyRequest.of(LEDGER)
            .withPinned(stack.storage().pinnedCheckpoint(LEDGER).stream().toList()));
  }

  /** Counts rows of a table, as everybody may. */
  int count(String table) {
    try (Connection connection = stack.storage().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs SQL as the database's administrator, who may do what no part of Assay may. */
  void asAdministrator(String sql) throws IOException, SQLException {
    String url = stack.storage().dataSource().unwrap(HikariDataSource.class).getJdbcUrl();
    administer(stack.home(), url, sql);
  }

  /** As {@link #closeAndForget}, and forgets what was signed of it, too. */
  void closeAndForgetSigned() throws IOException, SQLException {
    AssayHome home = stack.home();
    closeAndForget();
    Files.delete(home.keys().resolve("checkpoint-%s.pem".formatted(LEDGER)));
    Files.delete(home.keys().resolve("checkpoint-%s.mldsa44.pem".formatted(LEDGER)));
    Files.delete(home.keys().resolve("checkpoint-%s.signed".formatted(LEDGER)));
  }

  /** Closes the home and drops its database: the next to open it finds none. */
  void closeAndForget() throws IOException, SQLException {
    String url = stack.storage().dataSource().unwrap(HikariDataSource.class).getJdbcUrl();
    stack.storage().close(); // nothing may be connected, and the server must still run
    administer(
        stack.home(),
        url.substring(0, url.lastIndexOf('/')) + "/postgres",
        "DROP DATABASE assay WITH (FORCE)");
    close();
  }

  private static void administer(AssayHome home, String url, String sql)
      throws IOException, SQLException {
    String password = Files.readString(home.postgresSettings().passwordFile()).strip();
    try (Connection connection = DriverManager.getConnection(url, "assay_admin", password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}
