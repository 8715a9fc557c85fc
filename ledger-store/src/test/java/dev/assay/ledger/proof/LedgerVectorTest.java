package dev.assay.ledger.proof;

import static dev.assay.ledger.proof.ProofVectors.hashes;
import static dev.assay.ledger.proof.ProofVectors.list;
import static dev.assay.ledger.proof.ProofVectors.number;
import static dev.assay.ledger.proof.ProofVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.ledger.tree.RightEdge;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ledger of docs/formats/vectors, which a program made that shares no code with us. */
class LedgerVectorTest {
  private static JsonObject vector;
  private static List<byte[]> entries;

  @BeforeAll
  static void read() throws IOException {
    vector =
        (JsonObject)
            JsonReader.read(Files.readAllBytes(Path.of("../docs/formats/vectors/ledger.json")));
    entries =
        list(vector, "entries").stream()
            .map(entry -> Base64.getDecoder().decode(text(entry, "encoded")))
            .toList();
  }

  @Test
  void entries_decodedAndEncodedAgain_areTheSameBytesWithTheirHashes() {
    EntryHashes hashes = new EntryHashes();
    byte[] chain = EntryHashes.chainStart();
    for (int i = 0; i < entries.size(); i++) {
      JsonObject expected = list(vector, "entries").get(i);
      PlainEntry entry = PlainEntry.decode(entries.get(i));
      assertThat(entry.index()).isEqualTo(i);
      assertThat(entry.encode()).isEqualTo(entries.get(i));
      byte[] leaf = hashes.leaf(entries.get(i), 0, entries.get(i).length);
      assertThat(Sha256.ofBytes(leaf).hex()).isEqualTo(text(expected, "leafHash"));
      chain = hashes.chain(chain, leaf);
      assertThat(Sha256.ofBytes(chain).hex()).isEqualTo(text(expected, "chainHash"));
    }
  }

  @Test
  void checkpoints_ofEverySize_haveTheTreesRootAndVerify() {
    VerifierKey key = VerifierKey.parse(text(vector, "vkey"));
    RightEdge edge = new RightEdge(new EntryHashes());
    List<Sha256> roots = new ArrayList<>(List.of(edge.root()));
    for (byte[] entry : entries) {
      edge.add(PlainEntry.leafHash(entry).bytes());
      roots.add(edge.root());
    }
    assertThat(list(vector, "trees"))
        .hasSize(6)
        .allSatisfy(
            tree -> {
              SignedNote note = SignedNote.parse(text(tree, "checkpoint"));
              note.verify(key);
              int size = (int) number(tree, "size");
              assertThat(roots.get(size).hex()).isEqualTo(text(tree, "root"));
              assertThat(Checkpoint.parse(note.text()))
                  .isEqualTo(new Checkpoint(key.name(), size, roots.get(size)));
            });
  }

  @Test
  void proofs_ofTheVector_areOursAndHold() {
    TreeProofs proofs =
        new TreeProofs(
            new MemoryTiles(
                entries.stream().map(entry -> PlainEntry.leafHash(entry).bytes()).toList()));
    assertThat(list(vector, "inclusion"))
        .hasSize(5)
        .allSatisfy(
            expected -> {
              InclusionProof proof = proofs.inclusion(number(expected, "index"), 5);
              assertThat(proof.path()).isEqualTo(hashes(expected, "path"));
              assertThat(
                      proof.proves(
                          PlainEntry.leafHash(entries.get((int) proof.index())), proofs.root(5)))
                  .isTrue();
            });
    assertThat(list(vector, "consistency"))
        .hasSize(5)
        .allSatisfy(
            expected -> {
              ConsistencyProof proof = proofs.consistency(number(expected, "from"), 5);
              assertThat(proof.path()).isEqualTo(hashes(expected, "path"));
              assertThat(proof.proves(proofs.root(proof.from()), proofs.root(5))).isTrue();
            });
  }
}
