package dev.assay.cli.ledger;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.ledger.proof.ConsistencyFile;
import dev.assay.ledger.proof.TlogProof;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.List;

/** Proofs for programs. */
final class ProofJson {
  private ProofJson() {}

  static JsonObject of(TlogProof proof) {
    JsonObject json =
        checkpoint(proof.note(), proof.checkpoint())
            .with("index", proof.proof().index())
            .with("path", path(proof.proof().path()));
    return proof.extra().isEmpty()
        ? json
        : json.with("leafHash", PlainEntry.leafHash(proof.extra().get()).hex());
  }

  static JsonObject of(ConsistencyFile file, Sha256 fromRoot) {
    return checkpoint(file.note(), file.checkpoint())
        .with("from", file.proof().from())
        .with("fromRoot", fromRoot.hex())
        .with("path", path(file.proof().path()))
        .with("to", file.proof().to());
  }

  private static JsonObject checkpoint(SignedNote note, Checkpoint checkpoint) {
    return JsonObject.EMPTY
        .with("checkpoint", note.toString())
        .with("origin", checkpoint.origin())
        .with("root", checkpoint.root().hex())
        .with("size", checkpoint.size());
  }

  private static JsonValue path(List<Sha256> hashes) {
    return JsonValue.strings(hashes.stream().map(Sha256::hex).toList());
  }
}
