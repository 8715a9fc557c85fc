package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointContradictedException;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerException;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A home that keeps the checkpoints of a signer elsewhere. */
class SignerElsewhereTest extends StorageHome {
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
}
