package dev.assay.cli.doctor;

import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.verify.Warning;
import dev.assay.model.text.Count;
import dev.assay.worker.anchors.AnchorState;
import java.util.List;
import java.util.Optional;

/** What is said of ledger and workflows, without asking anybody. */
final class RecordFindings {
  private static final int NAMED = 5;

  private static final long LAG = 100_000;

  private RecordFindings() {}

  /**
   * A ledger that contradicts nothing.
   *
   * @param signed whether there is a checkpoint that it was compared with
   * @param lost whether one was signed that is gone, which is told apart
   */
  static Checkup ledger(String ledger, long entries, boolean signed, boolean lost) {
    String name = "ledger " + ledger;
    String size = Count.of(entries, "entry", "entries");
    if (signed) {
      return Checkup.ok(name, size + ", agrees with the checkpoint that was signed last");
    }
    return lost
        ? Checkup.ok(name, size + ", and no checkpoint to compare with")
        : Checkup.warn(
            name,
            size
                + ", no checkpoint signed yet that this home knows: entries that are cut off wouldn't be missed",
            "'assay ledger checkpoint' signs one");
  }

  /** An anchor; a dead one keeps no command from its work. */
  static Checkup anchor(AnchorState anchor) {
    return switch (anchor.state()) {
      case CURRENT, EMPTY ->
          Checkup.ok("anchor", "%s: %s".formatted(anchor.folder(), anchor.state().sentence()));
      case BEHIND ->
          Checkup.warn(
              "anchor",
              "%s %s".formatted(anchor.folder(), anchor.state().sentence()),
              "'assay ledger anchor publish', or the next checkpoint");
      case DEAD ->
          Checkup.warn(
              "anchor",
              anchor.problem(),
              "mend it, then 'assay ledger anchor publish'; or 'assay ledger anchor remove %s'"
                  .formatted(anchor.folder()));
    };
  }

  /**
   * The projection that finds entries; a few seconds' worth of entries is no lag to speak of.
   *
   * @param difference from the entries that it covers
   */
  static Checkup lookups(LedgerLookups.State state, Optional<Warning> difference) {
    if (difference.isPresent()) {
      return Checkup.warn("lookups", difference.get().detail(), difference.get().remediation());
    }
    if (!state.credible()) {
      return Checkup.warn(
          "lookups",
          "cover %d entries of a ledger that has %d: somebody changed one or the other; they aren't used"
              .formatted(state.projected(), state.size()),
          "run 'assay ledger verify', then 'assay db rebuild-projections'");
    }
    if (state.behind() > LAG) {
      return Checkup.warn(
          "lookups",
          "%s %s behind the ledger: finding entries by kind, run or workflow reads them all"
              .formatted(
                  state.projected() < 0 ? "being made again," : "are",
                  Count.of(state.behind(), "entry", "entries")),
          "the next command that appends catches up, or 'assay db rebuild-projections'");
    }
    return Checkup.ok("lookups", "cover the ledger");
  }

  /**
   * Validations without an end on record that nobody works on.
   *
   * @param open their workflows, newest first
   * @param lookedAt how many validations were looked at
   * @param rest whether an engine that isn't running keeps them
   */
  static Checkup workflows(List<String> open, int lookedAt, boolean rest) {
    if (open.isEmpty()) {
      return Checkup.ok("workflows", "none of the last %d is lost".formatted(lookedAt));
    }
    String named =
        String.join(", ", open.subList(0, Math.min(NAMED, open.size())))
            + (open.size() > NAMED ? " and %d more".formatted(open.size() - NAMED) : "");
    return rest
        ? Checkup.warn(
            "workflows",
            "open, and not being worked on: " + named,
            "'assay up' or 'assay workflow wait %s' goes on with it".formatted(open.getFirst()))
        : Checkup.warn(
            "workflows",
            "started, never ended, and not running: " + named,
            "run the same 'assay validate' again: it records them as abandoned and judges anew");
  }
}
