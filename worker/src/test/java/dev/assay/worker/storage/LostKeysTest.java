package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.DirectoryAnchor;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerHead;
import dev.assay.worker.anchors.AnchorList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A ledger that was signed gets no other key, whatever was lost. */
class LostKeysTest extends StorageHome {
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
  void last_keysCannotBeLookedInto_isRefusedInsteadOfNothingThere() throws IOException {
    Path other = Files.createDirectory(folder.resolve("unreadable"));
    Files.createSymbolicLink(
        other.resolve("keys"), other.resolve("keys")); // root may read all else

    assertThatThrownBy(() -> HomeCheckpoints.last(other, "main"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(other.resolve("keys").toString());
  }

  @Test
  void signEnd_stateLostAndAnAnchorHasMoreThanTheLedger_isRefusedBeforeAppending()
      throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("longer"));
    AnchorList anchors = new AnchorList(home.folder());
    anchors.add(anchor);
    try {
      LedgerHead head = storage.ledger("cut-off").head();
      Checkpoint more = new Checkpoint(head.origin(), 4, head.checkpoint().root());
      new DirectoryAnchor(anchor).publish(storage.signer("cut-off", head.origin()).sign(more));
      Files.delete(signed("cut-off"));

      assertThatThrownBy(() -> storage.requireFirstSigner("cut-off"))
          .isInstanceOf(CheckpointRefusedException.class);
      assertThatThrownBy(() -> storage.signEnd("cut-off"))
          .isInstanceOf(CheckpointRefusedException.class)
          .hasMessageContainingAll("asked to sign size 1", "has signed size 4", anchor.toString());
      assertThat(signed("cut-off")).doesNotExist();
    } finally {
      anchors.remove(anchor);
    }
  }

  @Test
  void signEnd_stateLostAndAnAnchorHasAnotherRoot_isRefused() throws Exception {
    Path anchor = Files.createDirectory(folder.resolve("other-root"));
    AnchorList anchors = new AnchorList(home.folder());
    anchors.add(anchor);
    try {
      storage.ledger("other-root");
      storage.signEnd("other-root");
      Files.delete(signed("other-root"));
      Ledger ledger = rewritten("other-root");

      assertThatThrownBy(() -> storage.signEnd("other-root"))
          .isInstanceOf(CheckpointRefusedException.class)
          .hasMessageContainingAll("size 1, root", anchor.toString());
      TestEntries.append(ledger, "one");
      assertThatThrownBy(() -> storage.signEnd("other-root"))
          .isInstanceOf(CheckpointRefusedException.class)
          .hasMessageContainingAll("asked to sign size 2", anchor.toString());
    } finally {
      anchors.remove(anchor);
    }
  }

  @Test
  void signEnd_keysWereLostAndTheAnchorsNoteCannotBeRead_isRefusedAndMakesNoKey()
      throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("unread"));
    AnchorList anchors = new AnchorList(home.folder());
    anchors.add(anchor);
    try {
      storage.ledger("unread");
      SignedEnd first = storage.signEnd("unread");
      loseKeys("unread");
      Path note = AnchorFolder.read(anchor, first.key().name()).notes().getFirst().source();
      Files.writeString(note, "nothing\n");

      assertThatThrownBy(() -> storage.signEnd("unread"))
          .isInstanceOf(CheckpointRefusedException.class)
          .hasMessageContainingAll(note.toString(), "Restore " + home.keys());
      assertThat(key("unread")).doesNotExist();
    } finally {
      anchors.remove(anchor);
    }
  }

  @Test
  void signEnd_ledgerHadEntriesBeforeAndGetsANewKey_warnsOnce() {
    TestEntries.append(storage.ledger("older"), "one");
    storage.requireFirstSigner("older");

    assertThat(storage.signEnd("older").warning().orElseThrow())
        .contains("ledger older had 2 entries", "new key");
    assertThat(storage.signEnd("older").warning()).isEmpty();
  }

  @Test
  void signEnd_firstUse_isSilent() {
    storage.requireFirstSigner("first-use");
    TestEntries.append(storage.ledger("first-use"), "one");

    assertThat(storage.signEnd("first-use").warning()).isEmpty();
  }

  @Test
  void signEnd_secondKeyAndStateWereLost_isRefusedNamingTheKeys() throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("second-lost"));
    AnchorList anchors = new AnchorList(home.folder());
    anchors.add(anchor);
    try {
      storage.ledger("second-lost");
      SignedEnd first = storage.signEnd("second-lost");
      Path second = CheckpointSigners.cosignerFile(key("second-lost"));
      Files.delete(signed("second-lost"));
      Files.delete(second);

      assertThatThrownBy(() -> storage.signEnd("second-lost"))
          .isInstanceOf(CheckpointRefusedException.class)
          .hasMessageContainingAll(
              "KEY_SUBSTITUTED", first.cosigner().orElseThrow().idHex(), second + " is gone");
      assertThat(second).doesNotExist();
    } finally {
      anchors.remove(anchor);
    }
  }

  @Test
  void ownKey_stateLost_isTheKeyThatSigned() throws IOException {
    storage.ledger("own-key");
    String origin = storage.reader("own-key").head().origin();
    assertThat(storage.ownKey("own-key", origin)).isEmpty();
    SignedEnd first = storage.signEnd("own-key");
    Files.delete(signed("own-key"));

    assertThat(storage.ownKey("own-key", origin)).contains(first.key());
    Files.writeString(key("own-key"), "no key");
    assertThatThrownBy(() -> storage.ownKey("own-key", origin))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(key("own-key").toString(), "--key");
  }

  private static void loseKeys(String ledger) throws IOException {
    Files.delete(key(ledger));
    Files.delete(signed(ledger));
    Files.delete(CheckpointSigners.cosignerFile(key(ledger)));
  }
}
