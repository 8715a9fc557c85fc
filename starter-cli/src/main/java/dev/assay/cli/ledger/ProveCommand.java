package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.OutFile;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.proof.ConsistencyFile;
import dev.assay.ledger.proof.EntryProver;
import dev.assay.ledger.proof.ProofException;
import dev.assay.ledger.proof.TlogProof;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.json.JsonValue;
import dev.assay.model.text.Count;
import dev.assay.worker.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay ledger prove}. */
@CommandLine.Command(
    name = "prove",
    description = {
      "Prove to an outsider that an entry is in the ledger, or that the ledger only grew.",
      "",
      "The proof of an entry holds the entry, its place in the tree and a signed checkpoint"
          + " (c2sp.org/tlog-proof). 'assay ledger check-proof' checks it without the database; it"
          + " needs the ledger's key, which 'assay status' prints.",
      "With --from: that the checkpoint which covers --to entries extends an earlier one."
    },
    footer = {"", "Example:", "  assay ledger prove 42 --out entry-42.tlog-proof"})
final class ProveCommand implements Command {
  // Null if not given: picocli's way to say so.
  @Parameters(arity = "0..1", paramLabel = "N", description = "The entry's index, from 0.")
  private @Nullable Long index;

  @Option(
      names = "--from",
      paramLabel = "SIZE",
      description = "Prove growth from this number of entries, that of the earlier checkpoint.")
  private @Nullable Long from;

  @Option(
      names = "--to",
      paramLabel = "SIZE",
      description =
          "Prove growth up to this number of entries (default: that of the last signed checkpoint).")
  private @Nullable Long to;

  @Option(
      names = "--out",
      paramLabel = "F",
      description = "Write the proof to this file instead of standard output.")
  private @Nullable Path out;

  @Option(names = "--force", description = "Replace the file of --out if it is there already.")
  private boolean force;

  @Override
  public ExitCode run(Session session) throws Exception {
    if ((index == null) == (from == null)) {
      throw new UsageException(
          "prove what? Name an entry's index, or the earlier size with --from: 'assay ledger prove 42', 'assay ledger prove --from 300'");
    }
    if (index != null && to != null) {
      throw new UsageException("--to belongs to --from, not to the index of an entry");
    }
    if (out != null) {
      OutFile.require(out, force);
    }
    Stack stack = Stacks.stores(session, "ledger prove");
    LedgerReader reader = stack.storage().reader(session.settings().ledger());
    long size = reader.head().size();
    return index != null
        ? proveEntry(session, stack, reader, index, size)
        : proveGrowth(session, stack, reader, size);
  }

  private ExitCode proveEntry(
      Session session, Stack stack, LedgerReader reader, long wanted, long size) throws Exception {
    if (wanted < 0 || wanted >= size) {
      throw new UsageException(
          "ledger %s has no entry %d; it has %s, from 0"
              .formatted(reader.name(), wanted, Count.of(size, "entry", "entries")));
    }
    TlogProof proof = prover(session, stack, reader, wanted + 1).inclusion(wanted);
    show(
        session,
        proof.encode(),
        ProofJson.of(proof),
        "entry %d of %s, in the tree of %s"
            .formatted(
                wanted,
                proof.checkpoint().origin(),
                Count.of(proof.checkpoint().size(), "entry", "entries")));
    return ExitCode.YES;
  }

  private ExitCode proveGrowth(Session session, Stack stack, LedgerReader reader, long size)
      throws Exception {
    long earlier = from == null ? 0 : from;
    long later = to == null ? Math.max(earlier, 1) : to;
    if (earlier < 1 || later > size || earlier > later) {
      throw new UsageException(
          "from %d to %d: ledger %s has %s; expected 1 ≤ --from ≤ --to ≤ that"
              .formatted(earlier, later, reader.name(), Count.of(size, "entry", "entries")));
    }
    EntryProver prover = prover(session, stack, reader, later);
    if (to != null && prover.checkpoint().size() != later) {
      throw new UsageException(
          "no checkpoint of exactly %d entries is at hand, the last one signed covers %d: leave out --to, and the proof leads there"
              .formatted(later, prover.checkpoint().size()));
    }
    ConsistencyFile file = prover.consistency(earlier);
    show(
        session,
        file.encode(),
        ProofJson.of(file, prover.root(earlier)),
        "the tree of %d entries of %s begins with the one of %d"
            .formatted(file.checkpoint().size(), file.checkpoint().origin(), earlier));
    return ExitCode.YES;
  }

  /** Under the last checkpoint if it covers enough, else under one that is signed now. */
  private static EntryProver prover(Session session, Stack stack, LedgerReader reader, long covered)
      throws Exception {
    Optional<SignedNote> last =
        stack
            .storage()
            .pinnedCheckpoint(reader.name())
            .map(PinnedCheckpoint::note)
            .filter(note -> Checkpoint.parse(note.text()).size() >= covered);
    SignedNote note = last.isPresent() ? last.get() : Checkpoints.sign(session, stack).note();
    try {
      return new EntryProver(
          reader, Ledgers.tiles(stack.storage().dataSource(), reader.name()), note);
    } catch (ProofException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void show(Session session, byte[] file, JsonValue json, String summary)
      throws IOException {
    Path target = out;
    if (target == null) {
      session
          .output()
          .document(json, text -> text.verbatim(new String(file, StandardCharsets.UTF_8)));
      return;
    }
    OutFile.require(target, force);
    Files.write(target, file);
    session
        .output()
        .document(
            json,
            text -> {
              text.line(summary);
              text.line(
                  "wrote %s; check it with: assay ledger check-proof %s".formatted(target, target));
            });
  }
}
