package dev.assay.cli.ledger;

import dev.assay.activities.history.HistorySource;
import dev.assay.activities.trust.TrustPin;
import dev.assay.activities.trust.Trusts;
import dev.assay.activities.validation.Recomputation;
import dev.assay.activities.validation.TrustedResults;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.verify.CaseReport;
import dev.assay.ledger.verify.HistoryReport;
import dev.assay.ledger.verify.HistoryVerifier;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.ledger.verify.RecomputeReport;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.worker.Stack;
import dev.assay.worker.anchors.Anchors;
import dev.assay.worker.histories.AvailableHistories;
import dev.assay.worker.histories.EngineHistories;
import dev.assay.worker.histories.KeptHistories;
import dev.assay.worker.storage.Storage;
import dev.assay.worker.trust.PinFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay ledger verify}. */
@CommandLine.Command(
    name = "verify",
    description = {
      "Read the whole ledger back and recompute every hash: entries, chain, tree, tiles and head.",
      "Cases of quarantine are followed from their beginning: each step must be allowed where it"
          + " stands, and people of the pinned Trust document must have signed each decision.",
      "The last checkpoint that this home signed, kept outside the database, must agree, and so"
          + " must those of the home's anchors, --anchor, --checkpoint and --from.",
      "",
      "Exit 0 if it is intact, 4 if it was tampered with, 3 if a part could not be read."
    },
    footer = {
      "",
      "Example:",
      "  assay ledger verify --checkpoint /mnt/audit/checkpoint.txt --format json"
    })
final class VerifyCommand implements Command {
  @Option(
      names = "--histories",
      description = {
        "Also compare each workflow's history, as the engine or this home still has it, with the"
            + " digest on record."
      })
  private boolean histories;

  @Option(
      names = "--recompute",
      description = {
        "Also derive every sealed verdict again from the evidence in the registry, and check the"
            + " workers' signatures over them."
      })
  private boolean recompute;

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--bundle",
      paramLabel = "F.zip",
      description =
          "Check this bundle instead, which 'assay ledger bundle' made; needs no database.")
  private @Nullable Path bundle;

  @Mixin private OutsideCheckpoints outside = new OutsideCheckpoints();

  @Mixin private FirstTrust trust = new FirstTrust();

  @Override
  public ExitCode run(Session session) throws Exception {
    if (bundle != null) {
      requireAlone(bundle);
      return BundleVerdict.show(session, bundle, outside.key());
    }
    TrustPin first = trust.or(new PinFiles(session.settings().home()));
    Stack stack = Stacks.reading(session, "ledger verify");
    Storage storage = stack.storage();
    String ledger = session.settings().ledger();
    Optional<PinnedCheckpoint> kept =
        outside
            .givenKey()
            .map(key -> storage.pinnedCheckpoint(ledger, key))
            .orElseGet(() -> storage.pinnedCheckpoint(ledger));
    Optional<String> recorded = origin(storage, ledger);
    outside.requireKeyOf(ledger, kept, recorded);
    if (kept.isEmpty() && outside.givenKey().isEmpty()) {
      outside.trust(recorded.flatMap(origin -> storage.ownKey(ledger, origin)));
    }
    AnchoredCheckpoints anchored = outside.anchored(kept, new Anchors(session.settings().home()));
    List<PinnedCheckpoint> pinned = new ArrayList<>(outside.all(kept));
    pinned.addAll(anchored.pins());
    VerifyRequest all = VerifyRequest.of(ledger).withPinned(pinned);
    Optional<PinnedCheckpoint> from = outside.from(kept);
    from.ifPresent(pinned::add);
    VerifyRequest request = from.map(all::withFrom).orElse(all);
    long size = size(storage, ledger);
    VerifyReport report;
    try (Progress progress = session.progress("verifying", "entries")) {
      progress.total(size);
      report = LedgerVerifier.verify(storage.dataSource(), request.withProgress(progress::done));
    }
    if (from.isPresent() && report.restsOn().isEmpty()) {
      session
          .output()
          .hint(
              "the ledger's tree doesn't have the root of %s, or its head doesn't fit, so all entries were read"
                  .formatted(from.get().source()));
    }
    anchored.hints().forEach(session.output()::hint);
    storage.lostCheckpoint(ledger).ifPresent(session.output()::hint);
    Optional<HistoryReport> compared =
        histories ? Optional.of(compare(stack, live(stack), report)) : Optional.empty();
    VerifyReport withHistories = compared.map(report::with).orElse(report);
    if (report.status() == VerifyStatus.INTACT) {
      first
          .first(report.origin())
          .ifPresent(
              given ->
                  trust.requireFirst(
                      new Trusts(storage.reader(ledger), storage.registry().documents(), first),
                      given));
    }
    // Only where the entries that say what was decided can be relied on, and all were read.
    Optional<FollowedCases> followed =
        report.status() == VerifyStatus.INTACT
            ? Optional.of(FollowedCases.of(storage, report, first.first(report.origin())))
            : Optional.empty();
    Optional<RecomputeReport> derived =
        recompute ? Optional.of(derive(session, storage, report, followed)) : Optional.empty();
    VerifyReport withResults = derived.map(withHistories::with).orElse(withHistories);
    VerifyReport ofDatabase =
        followed.map(cases -> cases.addTo(withResults, pinned)).orElse(withResults);
    VerifyReport whole = ofDatabase.with(anchored.issues());
    Optional<CaseReport> cases = followed.map(FollowedCases::report);
    session
        .output()
        .document(
            VerifyJson.of(whole, pinned, compared, derived, cases),
            out -> VerifyText.print(out, whole, pinned, compared, derived, cases));
    return switch (whole.status()) {
      case INTACT -> ExitCode.YES;
      case TAMPERED -> ExitCode.TAMPERED;
      case INDETERMINATE -> ExitCode.NO_ANSWER;
    };
  }

  /** Only where the entries that say what was decided can be relied on. */
  private static RecomputeReport derive(
      Session session, Storage storage, VerifyReport report, Optional<FollowedCases> followed) {
    if (report.status() == VerifyStatus.TAMPERED) {
      return RecomputeReport.NONE;
    }
    try (Progress progress = session.progress("deriving verdicts", "entries")) {
      progress.total(report.size());
      return new Recomputation(
              storage.reader(report.ledger()),
              storage.registry(),
              new TrustedResults(storage.trustedResults()),
              (seal, key) -> followed.ifPresent(cases -> cases.signed(seal, key)))
          .run(report.size(), progress::done);
    }
  }

  /** A bundle brings its own checkpoint and histories; what else is named would go unread. */
  private void requireAlone(Path bundle) {
    List<String> others = new ArrayList<>(outside.given());
    if (histories) {
      others.add("--histories");
    }
    if (recompute) {
      others.add("--recompute");
    }
    if (trust.given()) {
      others.add("--trust");
    }
    if (!others.isEmpty()) {
      throw new UsageException(
          "%s can't be compared with --bundle: a bundle is checked by itself, under its own checkpoint and the key of --key. Leave %s out, or leave out --bundle %s to verify the ledger"
              .formatted(String.join(", ", others), others.size() == 1 ? "it" : "them", bundle));
    }
  }

  /** Those of an engine that outlives commands; others' are files of the home. */
  private static Optional<HistorySource> live(Stack stack) {
    return stack.chosen().workersElsewhere()
        ? Optional.of(new EngineHistories(stack.remoteEngine().engine()))
        : Optional.empty();
  }

  /**
   * Only where the entries that say what the histories were can be relied on.
   *
   * @param live the engine's histories, if there is an engine at hand
   */
  private static HistoryReport compare(
      Stack stack, Optional<HistorySource> live, VerifyReport report) {
    return report.status() == VerifyStatus.TAMPERED
        ? HistoryReport.NONE
        : HistoryVerifier.verify(
            stack.storage().dataSource(),
            report,
            new AvailableHistories(live, new KeptHistories(stack.histories())));
  }

  /** What the database says; empty if it can't, which the verifier tells. */
  private static Optional<String> origin(Storage storage, String ledger) {
    try {
      return Optional.of(storage.reader(ledger).head().origin());
    } catch (LedgerDamagedException | LedgerUnavailableException | LedgerNotFoundException _) {
      return Optional.empty();
    }
  }

  /**
   * For progress: a damaged head is the verifier's to name, and a ledger that is gone although a
   * checkpoint of it was signed.
   */
  private static long size(Storage storage, String ledger) {
    try {
      return storage.reader(ledger).head().size();
    } catch (LedgerDamagedException | LedgerUnavailableException | LedgerNotFoundException _) {
      return 0; // the verifier finds out what it is
    }
  }
}
