package dev.assay.ledger.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.digest.MerkleRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileExportTest {
  @TempDir private Path scratch;
  private LedgerDatabase database;
  private Ledger ledger;
  private CheckpointSigner signer;

  @BeforeEach
  void open() {
    database = new LedgerDatabase();
    ledger = Ledgers.openOrCreate(database.writer(), "main");
    signer =
        CheckpointSigners.fileBacked(
            scratch.resolve("test-key.pem"),
            scratch.resolve("signed"),
            ledger.origin(),
            (_, _) -> true);
  }

  @AfterEach
  void close() {
    ledger.close();
    database.close();
  }

  @Test
  void write_growingLedger_extendsTheFolderToWhatAFreshExportHas() throws IOException {
    Path grown = scratch.resolve("grown");
    for (int size : new int[] {1, 2, 255, 256, 257, 700, 1_000}) {
      growTo(size);
      SignedNote note = sign();
      Path fresh = scratch.resolve("fresh-" + size);
      TileExport.Written written = export().write(grown, note, signer.verifierKey());
      export().write(fresh, note, signer.verifierKey());
      assertThat(written.checkpoint().size()).isEqualTo(size);
      assertThat(rootOf(grown, size)).isEqualTo(written.checkpoint().root());
      assertThat(files(grown)).containsAllEntriesOf(files(fresh));
    }
    assertThat(grown.resolve("tile/0/000.p")).doesNotExist();
    assertThat(files(grown).keySet()).contains("tile/0/002", "tile/0/003.p/232", "tile/1/000.p/3");
  }

  @Test
  void write_again_readsNoOldEntries() throws IOException {
    growTo(1_000);
    Path folder = scratch.resolve("export");
    export().write(folder, sign(), signer.verifierKey());
    growTo(1_001);
    TileExport.Written again = export().write(folder, sign(), signer.verifierKey());
    assertThat(again.from()).isEqualTo(1_000);
    // the bundle and the tile of the last 233 entries, one tile above, the checkpoint
    assertThat(again.files()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/0/000", "tile/0/001", "tile/entries/000", "tile/entries/001"})
  void write_olderFileMissingCutOrEdited_isRefusedNamingIt(String path) throws IOException {
    growTo(600);
    Path folder = scratch.resolve("export");
    export().write(folder, sign(), signer.verifierKey());
    byte[] checkpoint = Files.readAllBytes(folder.resolve("checkpoint"));
    growTo(601);
    SignedNote note = sign();
    byte[] good = Files.readAllBytes(folder.resolve(path));
    byte[] edited = good.clone();
    edited[good.length / 2] ^= 1;
    for (byte[] bad : new byte[][] {edited, Arrays.copyOf(good, good.length - 1), {}}) {
      Files.write(folder.resolve(path), bad);
      requireDamaged(folder, path, note);
    }
    Files.write(folder.resolve(path), Arrays.copyOf(good, good.length + 1));
    requireDamaged(folder, path, note);
    Files.delete(folder.resolve(path));
    requireDamaged(folder, path, note);
    assertThat(folder.resolve("checkpoint")).hasBinaryContent(checkpoint);
    Files.write(folder.resolve(path), good);
    assertThat(export().write(folder, note, signer.verifierKey()).from()).isEqualTo(600);
    Files.delete(folder.resolve(path));
    Files.delete(folder.resolve("checkpoint"));
    export().write(folder, note, signer.verifierKey());
    assertThat(folder.resolve(path)).as("as the message says").hasBinaryContent(good);
  }

  private void requireDamaged(Path folder, String path, SignedNote note) {
    assertThatThrownBy(() -> export().write(folder, note, signer.verifierKey()))
        .isInstanceOf(ExportException.class)
        .hasMessageContainingAll(folder.resolve(path).toString(), "remove", "checkpoint");
  }

  @Test
  void write_upperTileEdited_isRefusedNamingIt() throws IOException {
    growTo(256 * 256 + 1);
    Path folder = scratch.resolve("export");
    SignedNote note = sign();
    export().write(folder, note, signer.verifierKey());
    Path tile = folder.resolve("tile/1/000");
    byte[] hashes = Files.readAllBytes(tile);
    hashes[8_000] ^= 1;
    Files.write(tile, hashes);

    requireDamaged(folder, "tile/1/000", note);
  }

  /** A tile of the edge was full, and its smaller form gone, when the export was broken off. */
  @Test
  void write_brokenOffAfterATileWasFull_goesOn() throws IOException {
    growTo(300);
    Path folder = scratch.resolve("export");
    export().write(folder, sign(), signer.verifierKey());
    Files.delete(folder.resolve("tile/0/001.p/44"));
    Files.delete(folder.resolve("tile/entries/001.p/44"));
    growTo(700);

    export().write(folder, sign(), signer.verifierKey());

    assertThat(rootOf(folder, 700)).isEqualTo(ledger.head().checkpoint().root());
  }

  @Test
  void write_editedEntry_isRefusedAndLeavesTheCheckpoint() throws IOException {
    growTo(300);
    Path folder = scratch.resolve("export");
    export().write(folder, sign(), signer.verifierKey());
    byte[] before = Files.readAllBytes(folder.resolve("checkpoint"));
    growTo(600);
    SignedNote note = sign();
    database.tamper("UPDATE ledger.entries SET outcome = 'WARN' WHERE index = 400");
    assertThatThrownBy(() -> export().write(folder, note, signer.verifierKey()))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("entry 400");
    assertThat(folder.resolve("checkpoint")).hasBinaryContent(before);
  }

  @Test
  void write_missingEntryOrTile_isRefused() throws IOException {
    growTo(600);
    SignedNote note = sign();
    database.tamper("DELETE FROM ledger.entries WHERE index = 3");
    assertThatThrownBy(() -> export().write(scratch.resolve("a"), note, signer.verifierKey()))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("entry 3");
    database.tamper("DELETE FROM ledger.tiles WHERE index = 1");
    assertThatThrownBy(() -> export().write(scratch.resolve("b"), note, signer.verifierKey()))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("tile");
    assertThat(scratch.resolve("a/checkpoint")).doesNotExist();
  }

  @Test
  void write_rewrittenLedger_isRefusedInTheOldFolder() throws IOException {
    growTo(300);
    Path folder = scratch.resolve("export");
    export().write(folder, sign(), signer.verifierKey());
    growTo(301);
    SignedNote note = sign();
    // what an administrator would do who makes entry 10 another one, tile and all
    database.tamper(
        "UPDATE ledger.tiles SET hashes = set_byte(hashes, 320, 255 - get_byte(hashes, 320)) WHERE level = 0",
        "UPDATE ledger.tiles SET root = set_byte(root, 0, 255 - get_byte(root, 0)) WHERE level = 0");
    assertThatThrownBy(() -> export().write(folder, note, signer.verifierKey()))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("give root");
  }

  @Test
  void write_folderOfSomethingElse_isRefused() throws IOException {
    SignedNote note = sign();
    Path strange = Files.createDirectories(scratch.resolve("strange"));
    Files.writeString(strange.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> export().write(strange, note, signer.verifierKey()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("notes.txt");
    Path cut = Files.createDirectories(scratch.resolve("cut"));
    Files.createFile(cut.resolve("checkpoint"));
    assertThatThrownBy(() -> export().write(cut, note, signer.verifierKey()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("remove it");
    Path other = scratch.resolve("other");
    CheckpointSigner another =
        CheckpointSigners.fileBacked(
            scratch.resolve("other-test-key.pem"),
            scratch.resolve("other-signed"),
            "assay/x/1",
            (_, _) -> true);
    Files.createDirectories(other);
    Files.write(
        other.resolve("checkpoint"),
        another.sign(new Checkpoint("assay/x/1", 0, dev.assay.model.digest.Sha256.of())).encode());
    assertThatThrownBy(() -> export().write(other, note, signer.verifierKey()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("another folder");
  }

  @Test
  void path_ofLargeIndexes_isInGroupsOfThreeDigits() {
    assertThat(TilePath.of(0, 1_234_067, 256)).isEqualTo("tile/0/x001/x234/067");
    assertThat(TilePath.entries(999, 256)).isEqualTo("tile/entries/999");
    assertThat(TilePath.of(2, 1_000, 17)).isEqualTo("tile/2/x001/000.p/17");
  }

  private TileExport export() {
    return new TileExport(
        Ledgers.reader(database.reader(), "main"),
        Ledgers.tiles(database.reader(), "main"),
        _ -> {});
  }

  private void growTo(int size) {
    int now = (int) ledger.head().size();
    if (size > now) {
      ledger.appendAll(Entries.numbered(now, size));
    }
  }

  private SignedNote sign() {
    return signer.sign(ledger.head().checkpoint());
  }

  /** Root over the entries of the bundles, decoded as they lie there. */
  private static dev.assay.model.digest.Sha256 rootOf(Path folder, int size) throws IOException {
    MerkleRoot root = new MerkleRoot();
    for (int tile = 0; tile * 256 < size; tile++) {
      int width = Math.min(256, size - tile * 256);
      ByteBuffer bundle =
          ByteBuffer.wrap(Files.readAllBytes(folder.resolve(TilePath.entries(tile, width))));
      while (bundle.hasRemaining()) {
        byte[] encoded = new byte[bundle.getShort() & 0xFFFF];
        bundle.get(encoded);
        assertThat(PlainEntry.decode(encoded).index()).isEqualTo(root.size());
        root.add(encoded);
      }
    }
    return root.root();
  }

  private static Map<String, List<Byte>> files(Path folder) throws IOException {
    Map<String, List<Byte>> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        List<Byte> content = new java.util.ArrayList<>();
        while (bytes.hasRemaining()) {
          content.add(bytes.get());
        }
        files.put(folder.relativize(file).toString(), content);
      }
    }
    return files;
  }
}
