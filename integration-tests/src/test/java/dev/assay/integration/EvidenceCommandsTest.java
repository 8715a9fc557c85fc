package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.EntryKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What leaves a ledger for an outsider, and the outsider's checks: proofs, exports, bundles. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EvidenceCommandsTest {
  @TempDir private Path folder;

  private record Ran(int exit, String out, String err) {}

  @Test
  void prove_entryAndGrowth_areCheckedWithoutTheHome() throws Exception {
    append(0, 300);
    String key = key();
    Path january = Files.writeString(folder.resolve("january"), run("ledger", "checkpoint").out());
    append(300, 310);
    Path proof = folder.resolve("entry.tlog-proof");
    assertThat(run("ledger", "prove", "42", "--out", proof.toString()).exit()).isZero();
    Path growth = folder.resolve("growth.proof");
    assertThat(run("ledger", "prove", "--from", "301", "--out", growth.toString()).exit()).isZero();

    Ran valid = outsider("ledger", "check-proof", proof.toString(), "--key", key);
    assertThat(valid.exit()).as(valid.err()).isZero();
    assertThat(valid.out()).contains("valid: entry 42", "external.test", "--key");
    Ran untrusted = outsider("ledger", "check-proof", proof.toString());
    assertThat(untrusted.exit()).isEqualTo(3);
    assertThat(untrusted.out()).contains("untrusted", "no trusted key");
    assertThat(run("ledger", "check-proof", proof.toString()).exit()).as("own key").isZero();

    Ran grown =
        outsider(
            "ledger", "check-proof", growth.toString(), "--old", january.toString(), "--key", key);
    assertThat(grown.exit()).as(grown.err()).isZero();
    assertThat(grown.out()).contains("only grew: its 311 entries begin with the 301");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void checkProof_anythingChanged_isInvalidOrRefused() throws Exception {
    append(0, 20);
    String key = key();
    String january = run("ledger", "checkpoint").out();
    append(20, 30);
    String proof = run("ledger", "prove", "7").out();
    String growth = run("ledger", "prove", "--from", "21").out();

    assertThat(check(proof.replace("index 7", "index 8"), key)).isEqualTo(4);
    assertThat(check(proof.replaceFirst("\n31\n", "\n30\n"), key)).isEqualTo(4);
    assertThat(check(proof.replaceFirst("extra [A-Za-z0-9+/=]+\n", ""), key)).isEqualTo(2);
    assertThat(check(proof.substring(0, proof.length() - 20), key)).isEqualTo(2);
    assertThat(check(proof, key.replaceFirst("assay/main", "assay/other"))).isEqualTo(2);
    assertThat(check(growth, key)).as("growth without the old checkpoint").isEqualTo(2);
    Path old = Files.writeString(folder.resolve("old"), january);
    assertThat(check(growth, key, "--old", old.toString())).isZero();
    Files.writeString(old, january.replaceFirst("\n.{43}=\n", "\n" + "A".repeat(43) + "=\n"));
    assertThat(check(growth, key, "--old", old.toString())).isEqualTo(4);
    assertThat(outsider("ledger", "key").exit()).as("of nothing signed").isEqualTo(3);
    assertThat(run("ledger", "prove", "31").exit()).isEqualTo(2);
    assertThat(run("ledger", "prove").exit()).isEqualTo(2);
    assertThat(run("ledger", "prove", "--from", "5", "--to", "4").exit()).isEqualTo(2);
  }

  @Test
  void prove_editedEntry_isRefusedAsTampering() throws Exception {
    append(0, 20);
    try (Home home = Home.openStores(home())) {
      home.asAdministrator(
          "ALTER TABLE ledger.entries DISABLE TRIGGER ALL;"
              + " UPDATE ledger.entries SET subject = 'x' WHERE index = 7");
    }
    Ran refused = run("ledger", "prove", "7");
    assertThat(refused.exit()).isEqualTo(4);
    assertThat(refused.err()).contains("entry 7", "assay ledger verify");
    assertThat(run("ledger", "export", folder.resolve("export").toString()).exit()).isEqualTo(4);
    assertThat(run("ledger", "prove", "6").exit()).as("a neighbour").isZero();
  }

  @Test
  void export_twice_saysWhatWasNew() throws Exception {
    append(0, 10);
    String target = folder.resolve("export").toString();
    assertThat(run("ledger", "export", target, "--format", "json").out())
        .contains("\"from\":0", "\"size\":11");
    append(10, 12);
    assertThat(run("ledger", "export", target, "--format", "json").out())
        .contains("\"from\":11", "\"size\":13");
    Ran elsewhere = run("ledger", "export", folder.toString());
    assertThat(elsewhere.exit()).isEqualTo(2);
    assertThat(elsewhere.err()).contains("isn't an export");
  }

  @Test
  void bundle_ofRunAndWorkflow_isVerifiedByAnOutsider() throws Exception {
    Ran validated =
        run("validate", Inputs.WINE.toString(), "--policy", Inputs.MLRUNS_POLICY.toString());
    assertThat(validated.exit()).as(validated.err()).isEqualTo(1);
    Ran derived = run("ledger", "verify", "--recompute", "--format", "json");
    assertThat(derived.exit()).as(derived.err()).isZero();
    assertThat(derived.out())
        .containsPattern("\"derived\":\\{\"notDerived\":0,\"validations\":1,\"verdicts\":[1-9]");
    assertThat(run("ledger", "log", "--format", "jsonl").out().lines())
        .allSatisfy(
            entry ->
                assertThat(EntryKeys.reserved())
                    .anyMatch(beginning -> entry.contains("\"key\":\"" + beginning)));
    String key = key();
    Path bundle = folder.resolve("bundle.zip");
    String workflow = run("workflow", "list").out().lines().skip(1).findFirst().orElseThrow();
    Ran made = run("ledger", "bundle", "--for", workflow.split(" ")[0], "--out", bundle.toString());
    assertThat(made.exit()).as(made.err()).isZero();
    Ran intact = outsider("ledger", "verify", "--bundle", bundle.toString(), "--key", key);
    assertThat(intact.exit()).as(intact.out()).isZero();
    assertThat(intact.out()).contains("intact", "validate/");
    Ran unanchored =
        outsider("ledger", "verify", "--bundle", bundle.toString(), "--format", "json");
    assertThat(unanchored.exit()).isEqualTo(3);
    assertThat(unanchored.out()).contains("\"anchored\":false", "\"status\":\"indeterminate\"");
    String run =
        run("ledger", "log", "--kind", "run.imported", "--limit", "1", "--format", "json").out();
    String runId =
        run.substring(run.indexOf("\"subject\":\"") + 11).replaceFirst("\".*", "").strip();
    String prefix = runId.substring(runId.lastIndexOf('/') + 1).substring(0, 12);
    Ran byPrefix = run("ledger", "bundle", "--for", prefix, "--force", "--out", bundle.toString());
    assertThat(byPrefix.exit()).as(byPrefix.err()).isZero();
    assertThat(byPrefix.out()).contains("about run " + runId);
    Files.writeString(bundle, "no zip");
    assertThat(outsider("ledger", "verify", "--bundle", bundle.toString(), "--key", key).exit())
        .isEqualTo(2);
    Ran unknown =
        run("ledger", "bundle", "--for", "no/such", "--force", "--out", bundle.toString());
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("--for: ledger main has no run 'no/such'");
    Ran noWorkflow =
        run("ledger", "bundle", "--for", "validate/zzz", "--force", "--out", bundle.toString());
    assertThat(noWorkflow.exit()).isEqualTo(2);
    assertThat(noWorkflow.err()).contains("--for: there is no validation 'validate/zzz'");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  private int check(String proof, String key, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("proof"), proof);
    List<String> words =
        new ArrayList<>(List.of("ledger", "check-proof", file.toString(), "--key", key));
    words.addAll(List.of(more));
    return outsider(words.toArray(String[]::new)).exit();
  }

  private void append(int from, int to) throws Exception {
    List<String> events =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    "{\"key\":\"k%d\",\"kind\":\"external.test\",\"actor\":\"a\",\"subject\":\"s\",\"payload\":{}}"
                        .formatted(i))
            .toList();
    Path file = Files.write(folder.resolve("events.jsonl"), events);
    Ran appended = run("ledger", "append", "--file", file.toString());
    assertThat(appended.exit()).as(appended.err()).isZero();
  }

  private String key() throws Exception {
    run("ledger", "checkpoint");
    return run("ledger", "key").out().strip();
  }

  private Path home() {
    return folder.resolve("home");
  }

  /** A command of who has the ledger. */
  private Ran run(String... words) throws Exception {
    return command(home(), words);
  }

  /** A command of somebody who has nothing but files. */
  private Ran outsider(String... words) throws Exception {
    return command(folder.resolve("nowhere"), words);
  }

  private Ran command(Path home, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home.toString(), "--no-progress"));
    try (CommandProcess command = CommandProcess.start(folder, all.toArray(String[]::new))) {
      int exit = command.await();
      return new Ran(exit, command.out(), command.err());
    }
  }
}
