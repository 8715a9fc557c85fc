package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.AnchoredNotes;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointContradictedException;
import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerException;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.worker.anchors.AnchorList;
import dev.assay.worker.anchors.AnchorState;
import dev.assay.worker.home.AssayHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a home remembers of its ledgers outside the database; each test has a ledger of its own. */
class StorageTest {
  @TempDir private static Path folder;
  private static AssayHome home;
  private static EmbeddedPostgres server;
  private static Storage storage;

  @BeforeAll
  static void open() {
    home = AssayHome.open(folder.resolve("home"));
    server = EmbeddedPostgres.open(home.postgresSettings());
    storage = Storage.open(home, server);
  }

  @AfterAll
  static void close() {
    storage.close();
    server.close();
  }

  @Test
  void requireAgreement_noLedgerYet_agreesAndMakesNothing() {
    storage.requireAgreement("absent");

    assertThat(key("absent")).doesNotExist();
    assertThat(signed("absent")).doesNotExist();
  }

  @Test
  void requireAgreement_ledgerGrewSinceItWasSigned_agrees() {
    Ledger ledger = storage.ledger("grown");
    sign("grown", ledger.head());
    TestEntries.append(ledger, "one");

    assertThatCode(() -> storage.requireAgreement("grown")).doesNotThrowAnyException();
  }

  @Test
  void requireAgreement_ledgerIsShorterThanSigned_isContradicted() {
    LedgerHead head = storage.ledger("shorter").head();
    storage
        .signer("shorter", head.origin())
        .sign(new Checkpoint(head.origin(), head.size() + 2, head.checkpoint().root()));

    assertThatThrownBy(() -> storage.requireAgreement("shorter"))
        .isInstanceOf(LedgerContradictedException.class)
        .hasMessageContainingAll(
            signed("shorter").toString(), "covers 3 entries", "the database has 1 entry");
  }

  @Test
  void requireAgreement_signedForAnotherLedger_isContradicted() {
    storage.ledger("one");
    LedgerHead other = storage.ledger("other").head();
    storage.signer("one", other.origin()).sign(other.checkpoint());

    assertThatThrownBy(() -> storage.requireAgreement("one"))
        .isInstanceOf(LedgerContradictedException.class)
        .hasMessageContaining(other.origin());
  }

  @Test
  void requireAgreement_signedLedgerIsNotInTheDatabase_isContradicted() throws IOException {
    Ledger ledger = storage.ledger("moved");
    sign("moved", ledger.head());
    Files.copy(key("moved"), key("gone"));
    Files.copy(signed("moved"), signed("gone"));

    assertThatThrownBy(() -> storage.requireAgreement("gone"))
        .isInstanceOf(LedgerContradictedException.class)
        .hasMessageContaining("the database has no such ledger");
  }

  @Test
  void signEnd_anchors_getEachCheckpointAndADeadOneStopsNothing() throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("anchor"));
    Path dead = folder.resolve("dead-anchor");
    Ledger ledger = storage.ledger("anchored");
    AnchorList anchors = new AnchorList(home.folder());
    anchors.add(anchor);
    anchors.add(dead);
    try {
      SignedEnd first = storage.signEnd("anchored");
      assertThat(first.unpublished()).singleElement().asString().contains(dead.toString());
      assertThat(first.warning().orElseThrow()).contains("isn't known", dead.toString());
      TestEntries.append(ledger, "one");
      Files.createDirectory(dead);
      SignedEnd second = storage.signEnd("anchored");

      assertThat(second.unpublished()).isEmpty();
      assertThat(second.warning()).isEmpty();
      assertThat(AnchorFolder.read(anchor, ledger.head().origin()).notes())
          .extracting(AnchoredNotes.Anchored::note)
          .containsExactly(first.note(), second.note());
      assertThat(AnchorFolder.read(dead, ledger.head().origin()).notes())
          .extracting(AnchoredNotes.Anchored::note)
          .containsExactly(second.note());
      assertThat(storage.anchors("anchored"))
          .extracting(AnchorState::state)
          .containsOnly(AnchorState.State.CURRENT);
    } finally {
      anchors.remove(anchor);
      anchors.remove(dead);
    }
  }

  @Test
  void signers_afterASignature_areBothKeysAndVerifyIt() {
    LedgerHead head = storage.ledger("both-keys").head();
    assertThat(storage.signers("both-keys")).isEmpty();
    SignedEnd end = storage.signEnd("both-keys");

    assertThat(storage.signers("both-keys"))
        .containsExactly(end.key(), end.cosigner().orElseThrow())
        .allSatisfy(key -> end.note().verify(key))
        .allSatisfy(key -> assertThat(key.name()).isEqualTo(head.origin()));
  }

  /** A crash after the second key was made, before it signed; or an older state, restored. */
  @Test
  void signEnd_lastNoteHasOneSignature_namesNoSecondKey() throws IOException {
    Ledger ledger = storage.ledger("one-line");
    SignedNote both = storage.signEnd("one-line").note();
    SignedNote old = new SignedNote(both.text(), both.signatures().subList(0, 1));
    Files.write(signed("one-line"), old.encode());

    SignedEnd again = storage.signEnd("one-line");
    assertThat(again.note()).isEqualTo(old);
    assertThat(again.cosigner()).isEmpty();
    assertThat(storage.signers("one-line")).containsExactly(again.key());
    TestEntries.append(ledger, "one");
    assertThat(storage.signEnd("one-line").cosigner()).isPresent();
  }

  @Test
  void signer_keyWasLost_isRefusedAndGetsNoNewKey() throws IOException {
    LedgerHead head = storage.ledger("lost").head();
    sign("lost", head);
    Files.delete(key("lost"));

    assertThatThrownBy(() -> storage.requireAgreement("lost"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(key("lost").toString());
    assertThatThrownBy(() -> storage.signer("lost", head.origin()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(signed("lost").toString());
    assertThat(key("lost")).doesNotExist();
  }

  @Test
  void signEnd_keysWereLostAndAnAnchorHasACheckpoint_isRefusedAndMakesNoKey() throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("survivor"));
    AnchorList anchors = new AnchorList(home.folder());
    anchors.add(anchor);
    try {
      Ledger ledger = storage.ledger("all-lost");
      SignedEnd first = storage.signEnd("all-lost");
      assertThatCode(() -> storage.requireFirstSigner("all-lost")).doesNotThrowAnyException();
      loseKeys("all-lost");

      assertThatThrownBy(() -> storage.requireFirstSigner("all-lost"))
          .isInstanceOf(CheckpointRefusedException.class);
      assertThatThrownBy(() -> storage.signEnd("all-lost"))
          .isInstanceOf(CheckpointRefusedException.class)
          .hasMessageContainingAll(
              "KEY_SUBSTITUTED",
              anchor.toString(),
              first.key().name() + "+" + first.key().idHex(),
              "Restore " + home.keys(),
              "--ledger");
      assertThat(key("all-lost")).doesNotExist();
      assertThat(AnchorFolder.read(anchor, ledger.head().origin()).notes()).hasSize(1);
    } finally {
      anchors.remove(anchor);
    }
  }

  @Test
  void signEnd_anotherKeyWasPutThere_isRefusedNamingBoth() throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("witness"));
    AnchorList anchors = new AnchorList(home.folder());
    anchors.add(anchor);
    try {
      LedgerHead head = storage.ledger("replaced").head();
      SignedEnd first = storage.signEnd("replaced");
      loseKeys("replaced");
      String other =
          CheckpointSigners.noteSigner(key("replaced"), head.origin()).verifierKey().idHex();

      assertThatThrownBy(() -> storage.signEnd("replaced"))
          .isInstanceOf(CheckpointRefusedException.class)
          .hasMessageContainingAll(first.key().idHex(), key("replaced") + " has", other);
      assertThat(signed("replaced")).doesNotExist();
    } finally {
      anchors.remove(anchor);
    }
  }

  @Test
  void signEnd_ownCheckpointsAreInAnAnchorAndTheLastIsLost_signs() throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("own-anchor"));
    AnchorList anchors = new AnchorList(home.folder());
    anchors.add(anchor);
    try {
      storage.ledger("state-lost");
      storage.signEnd("state-lost");
      Files.delete(signed("state-lost"));

      assertThat(storage.signEnd("state-lost").warning().orElseThrow()).contains("is gone");
    } finally {
      anchors.remove(anchor);
    }
  }

  @Test
  void signEnd_onlyTheSecondKeyIsLeft_isRefusedAndMakesNoKey() throws IOException {
    storage.ledger("half-lost");
    storage.signEnd("half-lost");
    Files.delete(key("half-lost"));
    Files.delete(signed("half-lost"));

    assertThatThrownBy(() -> storage.signEnd("half-lost"))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(key("half-lost") + " is missing", "mldsa44.pem");
    assertThat(key("half-lost")).doesNotExist();
  }

  @Test
  void signEnd_checkpointOfASignerElsewhereWithoutItsKey_isRefused() throws IOException {
    LedgerHead head = storage.ledger("kept-note").head();
    CheckpointSigner elsewhere = elsewhere("kept-note", head);
    storage.keep("kept-note", elsewhere.sign(head.checkpoint()), elsewhere.verifierKey());
    Files.delete(home.keys().resolve("remote-kept-note.vkey"));

    assertThatThrownBy(() -> storage.signEnd("kept-note"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is signed elsewhere");
    assertThat(key("kept-note")).doesNotExist();
  }

  @Test
  void pinnedCheckpoint_underAKeyFromElsewhere_readsNoPrivateKey() throws IOException {
    storage.ledger("auditor");
    SignedEnd end = storage.signEnd("auditor");
    Files.delete(key("auditor"));

    assertThat(storage.pinnedCheckpoint("auditor", end.key()))
        .contains(new PinnedCheckpoint(end.note(), end.key(), signed("auditor").toString()));
    assertThat(key("auditor")).doesNotExist();
    assertThat(storage.pinnedCheckpoint("absent", end.key())).isEmpty();
  }

  @Test
  void last_keysCannotBeLookedInto_isRefusedInsteadOfNothingThere() throws IOException {
    Path other = Files.createDirectory(folder.resolve("unreadable"));
    Files.createSymbolicLink(
        other.resolve("keys"), other.resolve("keys")); // root may read all else

    assertThatThrownBy(() -> HomeCheckpoints.last(other, "main"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(other.resolve("keys").toString());
  }

  private static void loseKeys(String ledger) throws IOException {
    Files.delete(key(ledger));
    Files.delete(signed(ledger));
    Files.delete(CheckpointSigners.cosignerFile(key(ledger)));
  }

  @Test
  void keep_checkpointOfASignerElsewhere_anchorsTheVerifier() {
    Ledger ledger = storage.ledger("kept");
    CheckpointSigner elsewhere = elsewhere("kept", ledger.head());
    storage.keep("kept", elsewhere.sign(ledger.head().checkpoint()), elsewhere.verifierKey());
    TestEntries.append(ledger, "one");

    assertThat(storage.signsHere("kept")).isFalse();
    assertThat(verify("kept").status()).isEqualTo(VerifyStatus.INTACT);
    assertThat(verify("kept").asFarAs()).isEqualTo(1);
    assertThatCode(() -> storage.requireAgreement("kept")).doesNotThrowAnyException();
  }

  @Test
  void requireAgreement_ledgerIsShorterThanKept_isContradicted() {
    LedgerHead head = storage.ledger("cut").head();
    CheckpointSigner elsewhere = elsewhere("cut", head);
    storage.keep(
        "cut",
        elsewhere.sign(new Checkpoint(head.origin(), head.size() + 2, head.checkpoint().root())),
        elsewhere.verifierKey());

    assertThatThrownBy(() -> storage.requireAgreement("cut"))
        .isInstanceOf(LedgerContradictedException.class)
        .hasMessageContainingAll("remote-cut.signed", "covers 3 entries");
    assertThat(verify("cut").status()).isEqualTo(VerifyStatus.TAMPERED);
  }

  @Test
  void signEnd_signerIsElsewhere_isRefusedAndMakesNoSecondKey() {
    LedgerHead head = storage.ledger("second").head();
    CheckpointSigner elsewhere = elsewhere("second", head);
    storage.keep("second", elsewhere.sign(head.checkpoint()), elsewhere.verifierKey());

    assertThatThrownBy(() -> storage.signEnd("second"))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("is signed elsewhere", "remote-second.vkey");
    assertThat(key("second")).doesNotExist();
    assertThat(signed("second")).doesNotExist();
  }

  @Test
  void signEnd_entriesRewrittenSinceItWasSigned_isRefusedAndTheLastStays() throws Exception {
    storage.ledger("rewritten");
    SignedEnd first = storage.signEnd("rewritten");
    TestEntries.append(rewritten("rewritten"), "one");

    assertThatThrownBy(() -> storage.signEnd("rewritten"))
        .isInstanceOf(CheckpointRefusedException.class)
        .hasMessageContainingAll("asked to sign size 2", "size 1, root", "ledger verify");
    assertThat(storage.pinnedCheckpoint("rewritten").orElseThrow().note()).isEqualTo(first.note());
    assertThat(verify("rewritten").issues())
        .extracting(Issue::kind)
        .containsExactly(IssueKind.CHAIN_REWRITTEN);
  }

  @Test
  void keep_entriesRewrittenSinceItWasKept_isForkedAndBothNotesProveIt() throws Exception {
    LedgerHead head = storage.ledger("forked").head();
    CheckpointSigner elsewhere = elsewhere("forked", head);
    SignedNote first = elsewhere.sign(head.checkpoint());
    storage.keep("forked", first, elsewhere.verifierKey());
    Ledger ledger = rewritten("forked");
    TestEntries.append(ledger, "one");
    Checkpoint end = ledger.head().checkpoint();
    SignedNote second = elsewhere.sign(end);
    Path fork =
        home.keys()
            .resolve("remote-forked.fork-2-%s.signed".formatted(end.root().hex().substring(0, 16)));

    assertThatThrownBy(() -> storage.keep("forked", second, elsewhere.verifierKey()))
        .isInstanceOf(CheckpointContradictedException.class)
        .hasMessageContainingAll("FORKED", "remote-forked.signed", fork.toString());
    PinnedCheckpoint kept = storage.pinnedCheckpoint("forked").orElseThrow();
    assertThat(kept.note()).isEqualTo(first);
    assertThat(fork).hasBinaryContent(second.encode());
    PinnedCheckpoint other = new PinnedCheckpoint(second, kept.key(), fork.toString());
    assertThat(
            LedgerVerifier.verify(
                    storage.dataSource(),
                    VerifyRequest.of("forked").withPinned(List.of(kept, other)))
                .issues())
        .extracting(Issue::kind)
        .containsExactly(IssueKind.FORKED);
  }

  @Test
  void keep_ledgerGrewAcrossATile_keepsEachNewer() {
    Ledger ledger = storage.ledger("tiles");
    CheckpointSigner elsewhere = elsewhere("tiles", ledger.head());
    SignedNote last = elsewhere.sign(ledger.head().checkpoint());
    storage.keep("tiles", last, elsewhere.verifierKey());
    for (int i = 0; i < 300; i++) {
      TestEntries.append(ledger, "entry " + i);
      if (i % 60 == 0 || i == 299) {
        last = elsewhere.sign(ledger.head().checkpoint());
        storage.keep("tiles", last, elsewhere.verifierKey());
      }
    }

    assertThat(storage.pinnedCheckpoint("tiles").orElseThrow().note()).isEqualTo(last);
    assertThat(verify("tiles").asFarAs()).isEqualTo(301);
  }

  @Test
  void keep_treeHasLessThanTheCheckpoint_keepsTheEarlierOne() {
    LedgerHead head = storage.ledger("less").head();
    CheckpointSigner elsewhere = elsewhere("less", head);
    SignedNote first = elsewhere.sign(head.checkpoint());
    storage.keep("less", first, elsewhere.verifierKey());
    SignedNote beyond = elsewhere.sign(new Checkpoint(head.origin(), 3, head.checkpoint().root()));

    assertThatThrownBy(() -> storage.keep("less", beyond, elsewhere.verifierKey()))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("ledger less");
    assertThat(storage.pinnedCheckpoint("less").orElseThrow().note()).isEqualTo(first);
  }

  /** The ledger, open again after its only entry got another content and all hashes fitting it. */
  private static Ledger rewritten(String ledger) throws Exception {
    String url = storage.dataSource().unwrap(HikariDataSource.class).getJdbcUrl();
    new LedgerRewriting(server, url).rewriteTheOnlyEntry(storage, ledger);
    assertThat(LedgerVerifier.verify(storage.dataSource(), VerifyRequest.of(ledger)).status())
        .isEqualTo(VerifyStatus.INTACT);
    return storage.ledger(ledger);
  }

  @Test
  void keep_ownKeySigned_keepsNothingTwice() {
    LedgerHead head = storage.ledger("own").head();
    SignedEnd end = storage.signEnd("own");

    storage.keep("own", end.note(), end.key());

    assertThat(home.keys().resolve("remote-own.vkey")).doesNotExist();
    assertThat(home.keys().resolve("remote-own.signed")).doesNotExist();
    assertThat(end.checkpoint()).isEqualTo(head.checkpoint());
  }

  @Test
  void keep_anotherKeyThanOwn_isRefused() {
    LedgerHead head = storage.ledger("both").head();
    storage.signEnd("both");
    CheckpointSigner elsewhere = elsewhere("both", head);

    assertThatThrownBy(
            () -> storage.keep("both", elsewhere.sign(head.checkpoint()), elsewhere.verifierKey()))
        .isInstanceOf(CheckpointContradictedException.class)
        .hasMessageContainingAll("KEY_SUBSTITUTED", key("both").toString());
  }

  @Test
  void pinnedCheckpoint_keyOfTheSignerElsewhereIsGone_isRefusedNamingIt() throws IOException {
    LedgerHead head = storage.ledger("keyless").head();
    CheckpointSigner elsewhere = elsewhere("keyless", head);
    storage.keep("keyless", elsewhere.sign(head.checkpoint()), elsewhere.verifierKey());
    Files.delete(home.keys().resolve("remote-keyless.vkey"));

    assertThatThrownBy(() -> storage.pinnedCheckpoint("keyless"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("remote-keyless.vkey is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "not a note", "a\n2\nb\n\n", "\u0000\u0001\ufffd"})
  void pinnedCheckpoint_damagedFile_isRefusedNamingIt(String content) throws IOException {
    storage.ledger("damaged");
    Files.write(signed("damaged"), content.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> storage.pinnedCheckpoint("damaged"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(signed("damaged").toString());
    assertThatThrownBy(() -> storage.requireAgreement("damaged"))
        .isInstanceOf(StorageException.class);
    assertThat(signed("damaged")).hasContent(content);
  }

  @Test
  void trouble_serverAnswers_isNone() {
    assertThat(storage.trouble(Duration.ofSeconds(5))).isEmpty();
  }

  private static void sign(String ledger, LedgerHead head) {
    storage.signer(ledger, head.origin()).sign(head.checkpoint());
  }

  private static Path key(String ledger) {
    return home.keys().resolve("checkpoint-%s.pem".formatted(ledger));
  }

  private static Path signed(String ledger) {
    return home.keys().resolve("checkpoint-%s.signed".formatted(ledger));
  }

  private static CheckpointSigner elsewhere(String ledger, LedgerHead head) {
    Path other = folder.resolve("elsewhere");
    return CheckpointSigners.fileBacked(
        other.resolve(ledger + ".pem"),
        other.resolve(ledger + ".signed"),
        head.origin(),
        (_, _) -> true);
  }

  private static VerifyReport verify(String ledger) {
    return LedgerVerifier.verify(
        storage.dataSource(),
        VerifyRequest.of(ledger).withPinned(storage.pinnedCheckpoint(ledger).stream().toList()));
  }
}
