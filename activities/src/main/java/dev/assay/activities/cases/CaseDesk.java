package dev.assay.activities.cases;

import dev.assay.activities.Entries;
import dev.assay.activities.EvidenceMissingException;
import dev.assay.activities.trust.JudgedDecision;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.cases.CaseCodec;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseDue;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseFold;
import dev.assay.model.cases.CaseRules;
import dev.assay.model.cases.CaseRuling;
import dev.assay.model.cases.CaseRuling.Refused;
import dev.assay.model.cases.CaseRuling.Why;
import dev.assay.model.decision.Ruling;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.CasePolicy;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Document;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Where something is done to cases of one ledger. The record is read, the rules asked, and the next
 * transition appended under its number: if somebody was faster, all of it again.
 */
final class CaseDesk {
  private static final String ACTOR = "assay/quarantine";

  /** Each lost try means that somebody else's was recorded. */
  private static final int MAX_TRIES = 100;

  private final CaseServices services;
  private final String ledger;

  CaseDesk(CaseServices services, String ledger) {
    this.services = services;
    this.ledger = ledger;
  }

  /**
   * What came of it.
   *
   * @param refused why it wasn't done, if it wasn't
   * @param now the case after it
   */
  record Done(Optional<CaseRuling.Refused> refused, RecordedCase now) {}

  /**
   * The case, with its row brought up to it. What enough people agreed to, and a crash kept from
   * happening, happens now.
   */
  RecordedCase read(String caseId) {
    RecordedCase found = record(caseId);
    stand(found);
    return CaseDecisions.met(found.file()) ? grant(found) : found;
  }

  private RecordedCase grant(RecordedCase met) {
    int proposal = met.file().pending().orElseThrow().ordinal();
    return act(
            met.file().opened().caseId(),
            "grant/" + proposal,
            new CaseCommand.Grant(),
            services.clock().instant())
        .now();
  }

  /** A person's signed decision: counted, or refused, and on record either way. */
  Done decide(String caseId, String command, Sha256 envelope, Instant now) {
    RecordedCase found = read(caseId);
    if (found.file().commands().contains(command)) {
      return new Done(Optional.empty(), found);
    }
    CaseDecisions decisions = new CaseDecisions(services, ledger);
    JudgedDecision judged =
        decisions.judge(document(envelope), found.file(), policy(found.file()), atLeast(now));
    return switch (judged.ruling()) {
      case Ruling.Refused refused -> {
        decisions.refuse(caseId, judged, refused, atLeast(now));
        yield new Done(
            Optional.of(new Refused(Why.DECISION, refused.refusal() + ": " + refused.text())),
            found);
      }
      case Ruling.Accepted accepted -> {
        Done done = act(caseId, command, CaseDecisions.command(judged, accepted), now);
        yield CaseDecisions.met(done.now().file())
            ? new Done(done.refused(), grant(done.now()))
            : done;
      }
    };
  }

  private byte[] document(Sha256 digest) {
    return services
        .registry()
        .documents()
        .find(digest)
        .map(Document::bytes)
        .orElseThrow(
            () ->
                new EvidenceMissingException(
                    "envelope %s is not in the registry; sign again".formatted(digest)));
  }

  /**
   * Does it, unless it is on record already.
   *
   * @param command an id that means this and nothing else
   */
  Done act(String caseId, String command, CaseCommand wanted, Instant now) {
    for (int lost = 0; ; lost++) {
      RecordedCase found = record(caseId);
      if (found.file().commands().contains(command)) {
        stand(found);
        return new Done(Optional.empty(), found);
      }
      Instant at = atLeast(now);
      switch (new CaseRules(found.file(), policy(found.file()), at).rule(wanted)) {
        case CaseRuling.Refused refused -> {
          stand(found);
          return new Done(Optional.of(refused), found);
        }
        case CaseRuling.Allowed(CaseEvent event) -> {
          Optional<CaseRuling.Refused> second = second(found.file(), event, command, at);
          if (second.isPresent()) {
            return new Done(second, found);
          }
          try {
            RecordedCase next = append(found.file(), event, command, at);
            stand(next);
            return new Done(Optional.empty(), next);
          } catch (IdempotencyConflictException e) {
            if (lost == MAX_TRIES) {
              throw e;
            }
          }
        }
      }
    }
  }

  /** Why a closed case isn't opened: the run has another that is open. */
  private Optional<CaseRuling.Refused> second(
      CaseFile file, CaseEvent event, String command, Instant at) {
    if (!file.state().closed() || after(file, event, command, at).state().closed()) {
      return Optional.empty();
    }
    return new OpenCases(services.registry().cases())
        .besides(file.opened().caseId())
        .map(
            other ->
                new CaseRuling.Refused(
                    CaseRuling.Why.OTHER_OPEN,
                    "%s stays %s: case %s of the same run and policy is %s; work on that one"
                        .formatted(
                            file.opened().caseId(),
                            file.state(),
                            other.id(),
                            other.now().state())));
  }

  private RecordedCase record(String caseId) {
    return new CaseLedger(services.readers().apply(ledger)).read(caseId);
  }

  private RecordedCase append(CaseFile file, CaseEvent event, String command, Instant at) {
    CaseFile next = after(file, event, command, at);
    Receipt receipt = services.ledgers().ledger(ledger).append(entry(next, event, command, at));
    return new RecordedCase(next, receipt.index());
  }

  static CaseFile after(CaseFile file, CaseEvent event, String command, Instant at) {
    return CaseFold.of(file).add(event, command, at).file();
  }

  /** The transition that led there. */
  static NewEntry entry(CaseFile next, CaseEvent event, String command, Instant at) {
    CaseEntry entry = CaseCodec.write(event, command);
    return new NewEntry(
        CaseLedger.key(next.opened().caseId(), next.ordinal()),
        entry.kind(),
        event instanceof CaseEvent.Decided decided ? decided.key() : ACTOR,
        next.opened().caseId(),
        next.state().name(),
        at,
        Entries.correlation(),
        entry.payload());
  }

  /** The row follows the record, and may lag behind it after a crash until the next reader. */
  private void stand(RecordedCase found) {
    services.registry().cases().stand(found.file().opened().caseId(), standing(found));
  }

  /** What a case's row says. */
  CaseRow.Standing standing(RecordedCase found) {
    CaseFile file = found.file();
    CasePolicy policy = policy(file);
    return new CaseRow.Standing(
        file.state(),
        file.ordinal(),
        file.runDigest(),
        file.state().undecided() ? Optional.of(CaseDue.deadline(file, policy)) : Optional.empty(),
        CaseDue.next(file, policy).map(CaseDue::at),
        file.waivedUntil(),
        file.assignee(),
        file.pending().map(pending -> pending.proposed().wish().action().text()),
        found.entryIndex());
  }

  /** The one that opened the case: a newer one may judge the run, but not who has to agree. */
  CasePolicy policy(CaseFile file) {
    return services.policies().policy(file.opened().policyDigest()).cases();
  }

  /**
   * Neither before the workflow's time nor before ours: the engine's operator can't turn it back.
   */
  Instant atLeast(Instant workflow) {
    Instant ours = services.clock().instant();
    return (ours.isAfter(workflow) ? ours : workflow).truncatedTo(ChronoUnit.MICROS);
  }
}
