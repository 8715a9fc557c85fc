package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.AnchoredNotes;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.worker.anchors.AnchorList;
import dev.assay.worker.anchors.AnchorState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a home signs, and how that agrees with its database. */
class StorageTest extends StorageHome {
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
}
