package dev.assay.cli.ledger;

import dev.assay.activities.validation.Policies;
import dev.assay.activities.verify.CaseVerification;
import dev.assay.activities.verify.SignerUses;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.CaseReport;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.ledger.verify.TrustedCheckpoint;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.model.digest.Sha256;
import dev.assay.worker.storage.Storage;
import java.util.List;
import java.util.Optional;

/**
 * What became of following a ledger's cases, and which services its people name as signers.
 *
 * @param report of the cases
 * @param signers to be told what was signed
 */
record FollowedCases(CaseReport report, SignerUses signers) {

  /**
   * Follows them.
   *
   * @param first the first Trust document that is trusted, if any
   */
  static FollowedCases of(Storage storage, VerifyReport verified, Optional<Sha256> first) {
    CaseVerification verification =
        new CaseVerification(
            storage.dataSource(),
            storage.reader(verified.ledger()),
            storage.registry(),
            new Policies(storage.registry().documents()),
            first);
    CaseReport report = verification.run(verified);
    return new FollowedCases(report, new SignerUses(verification.trust()));
  }

  /** A result that counts, and whose it is. */
  void signed(StoredEntry seal, VerifierKey key) {
    signers.result(seal, key);
  }

  /** The whole answer, with what the checkpoints that agree were signed with. */
  VerifyReport addTo(VerifyReport whole, List<PinnedCheckpoint> pinned) {
    for (TrustedCheckpoint anchor : whole.anchors()) {
      pinned.stream()
          .filter(pin -> pin.source().equals(anchor.source()))
          .forEach(pin -> signers.checkpoint(anchor.size(), pin.key(), anchor.source()));
    }
    return whole.with(report).warning(signers.warnings());
  }
}
