package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.OptionFile;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.entry.EntryFormatException;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.ledger.proof.ConsistencyFile;
import dev.assay.ledger.proof.ProofException;
import dev.assay.ledger.proof.TlogProof;
import dev.assay.model.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay ledger check-proof}. */
@CommandLine.Command(
    name = "check-proof",
    description = {
      "Check a proof that 'assay ledger prove' or another C2SP log made. Needs no database.",
      "",
      "Exit 0 if it holds, 4 if it doesn't, 3 if there is no trusted key to check its signature"
          + " with: that never comes from the proof."
    },
    footer = {"", "Example:", "  assay ledger check-proof entry-42.tlog-proof --key ledger.vkey"})
final class CheckProofCommand implements Command {
  private static final int MAX_BYTES = 2 << 20;

  @Parameters(paramLabel = "F", description = "The proof: a .tlog-proof file, or one of growth.")
  private Path file = Path.of("");

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description =
          "The ledger's verifier key, or a file that holds it (default: the key under which this"
              + " home has checkpoints of the ledger).")
  private @Nullable String key;

  @Option(
      names = "--old",
      paramLabel = "CHECKPOINT",
      description = "For a proof of growth: the earlier checkpoint, as you kept it.")
  private @Nullable Path old;

  @Option(
      names = "--leaf",
      paramLabel = "HEX",
      description =
          "For a proof that holds no entry: the leaf hash that it is about, 64 hex digits.")
  private @Nullable String leaf;

  @Override
  public ExitCode run(Session session) throws Exception {
    byte[] bytes = OptionFile.read("the proof", file, MAX_BYTES, "a proof");
    try {
      return new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1)
              .equals("old ")
          ? growth(session, ConsistencyFile.parse(bytes))
          : entry(session, TlogProof.parse(bytes));
    } catch (ProofException | NoteException e) {
      throw new UsageException("%s: %s".formatted(file, e.getMessage()));
    }
  }

  private ExitCode entry(Session session, TlogProof proof) {
    if (old != null) {
      throw new UsageException(
          "--old is for a proof of growth, and %s is the proof of one entry: leave it out, or check a proof that 'assay ledger prove --from SIZE' made"
              .formatted(file));
    }
    Optional<PlainEntry> entry = decoded(proof);
    Sha256 leafHash = leafHash(proof);
    ProofVerdict verdict = ProofVerdict.of(session, key, proof.note(), proof.checkpoint());
    if (!proof.proof().proves(leafHash, proof.checkpoint().root())) {
      verdict.refute(
          "the leaf hash and the path don't give the checkpoint's root: the entry or the proof was changed");
    }
    entry
        .filter(found -> found.index() != proof.proof().index())
        .ifPresent(
            found ->
                verdict.refute(
                    "the entry says that it is entry %d, the proof is about %d"
                        .formatted(found.index(), proof.proof().index())));
    return verdict.show(
        "entry %d of %s is in the ledger"
            .formatted(proof.proof().index(), proof.checkpoint().origin()),
        ProofJson.of(proof)
            .with("leafHash", leafHash.hex())
            .with("entry", EntryJson.ofProven(entry)),
        entry.map(CheckProofCommand::line));
  }

  private ExitCode growth(Session session, ConsistencyFile proof) {
    if (old == null) {
      throw new UsageException(
          "this proof says how the ledger grew from %d entries: name the checkpoint of that size that you kept, with --old"
              .formatted(proof.proof().from()));
    }
    if (leaf != null) {
      throw new UsageException(
          "--leaf is for the proof of one entry, and %s is a proof of growth: leave it out"
              .formatted(file));
    }
    SignedNote earlierNote =
        SignedNote.parse(OptionFile.read("--old", old, SignedNote.MAX_BYTES, "a checkpoint"));
    Checkpoint earlier = Checkpoint.parse(earlierNote.text());
    if (earlier.size() != proof.proof().from()) {
      throw new UsageException(
          "%s covers %d entries, the proof begins at %d: ask for 'assay ledger prove --from %d'"
              .formatted(old, earlier.size(), proof.proof().from(), earlier.size()));
    }
    ProofVerdict verdict = ProofVerdict.of(session, key, proof.note(), proof.checkpoint());
    verdict.requireSigned(earlierNote, "the earlier checkpoint");
    if (!earlier.origin().equals(proof.checkpoint().origin())) {
      verdict.refute(
          "the checkpoints are of two ledgers, %s and %s"
              .formatted(earlier.origin(), proof.checkpoint().origin()));
    } else if (!proof.proof().proves(earlier.root(), proof.checkpoint().root())) {
      verdict.refute(
          "FORKED: the later checkpoint doesn't begin with the earlier one. If both are signed, the two notes are the proof that history was changed");
    }
    return verdict.show(
        "%s only grew: its %d entries begin with the %d of the earlier checkpoint"
            .formatted(proof.checkpoint().origin(), proof.checkpoint().size(), earlier.size()),
        ProofJson.of(proof, earlier.root()),
        Optional.empty());
  }

  private Optional<PlainEntry> decoded(TlogProof proof) {
    if (leaf != null || proof.extra().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PlainEntry.decode(proof.extra().get()));
    } catch (EntryFormatException _) {
      return Optional.empty(); // another log's extra data: then the leaf hash must be given
    }
  }

  private Sha256 leafHash(TlogProof proof) {
    if (leaf != null) {
      try {
        return new Sha256(leaf);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--leaf: " + e.getMessage());
      }
    }
    if (decoded(proof).isEmpty()) {
      throw new UsageException(
          "%s holds no entry of a ledger of assay's; say which leaf hash it is about, with --leaf"
              .formatted(file));
    }
    return PlainEntry.leafHash(proof.extra().orElseThrow());
  }

  private static String line(PlainEntry entry) {
    return "%s %s %s, recorded %s by %s"
        .formatted(entry.kind(), entry.outcome(), entry.subject(), entry.recorded(), entry.actor());
  }
}
