package dev.assay.ledger.verify;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Whether the entries end elsewhere than the head row says, and something besides the rows proves
 * it: else rows behind its end are strangers, and rows before it that aren't there are lost.
 */
final class HeadEnd {
  private final Snapshot snapshot;
  private final HeadRow stored;
  private final Pins pins;

  HeadEnd(Snapshot snapshot, HeadRow stored, Pins pins) {
    this.snapshot = snapshot;
    this.stored = stored;
    this.pins = pins;
  }

  /** What contradicts the head, if the end of the rows that were read is the ledger's. */
  Optional<String> contradiction(Pass pass) throws SQLException {
    if (pass.end() == stored.size()) {
      return Optional.empty();
    }
    if (pass.endsAt(stored)) {
      return said("its chain hash and edge are those of " + there(pass));
    }
    return pass.end() > stored.size() ? shortened(pass) : enlarged(pass);
  }

  private Optional<String> said(String what) {
    return Optional.of("the head's size is %d, %s".formatted(stored.size(), what));
  }

  /** Rows follow behind its end, none missing: does anything vouch for them? */
  private Optional<String> shortened(Pass pass) throws SQLException {
    for (TrustedCheckpoint anchor : pins.trusted()) {
      if (anchor.size() > stored.size()
          && anchor.size() <= pass.end()
          && Resting.gives(anchor, snapshot)) {
        return said(
            "the checkpoint in %s vouches for %d, and %d are there"
                .formatted(anchor.source(), anchor.size(), pass.end()));
      }
    }
    long vouched = pass.end() / 256 * 256;
    boolean tilesAgree =
        vouched > stored.size()
            && pass.wrongLeaves().stream().allMatch(tile -> tile.lastEntry() < stored.size())
            && pass.bad().list().stream().allMatch(bad -> bad.to() < stored.size());
    return tilesAgree
        ? said("full tiles vouch for the first %d of %s".formatted(vouched, there(pass)))
        : pass.bad().list().isEmpty() ? partlyOf(pass) : Optional.empty();
  }

  /** The rows end before it: were there ever more? */
  private Optional<String> enlarged(Pass pass) throws SQLException {
    boolean checkpointSawMore =
        pins.trusted().stream().anyMatch(anchor -> anchor.size() > pass.end());
    if (!pass.whole()
        || checkpointSawMore
        || new Tail(snapshot).vouchedEnd(pass.end(), true) > pass.end()) {
      return Optional.empty();
    }
    long hashes = Long.bitCount(stored.size());
    return stored.edge().length == hashes * VerifierHashes.BYTES
        ? partlyOf(pass)
        : said(
            "its edge has %d hashes, where a tree of that size has %d; %d entries are there"
                .formatted(stored.edge().length / VerifierHashes.BYTES, hashes, pass.end()));
  }

  private Optional<String> partlyOf(Pass pass) {
    if (pass.end() > 0 && pass.edgeIs(stored)) {
      return said("its edge is that of " + there(pass));
    }
    return pass.end() > 0 && pass.chainIs(stored)
        ? said("its chain hash is that of " + there(pass))
        : Optional.empty();
  }

  private static String there(Pass pass) {
    return "the %d entries that are there".formatted(pass.end());
  }
}
