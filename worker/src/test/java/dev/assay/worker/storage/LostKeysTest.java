package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
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

  private static void loseKeys(String ledger) throws IOException {
    Files.delete(key(ledger));
    Files.delete(signed(ledger));
    Files.delete(CheckpointSigners.cosignerFile(key(ledger)));
  }
}
