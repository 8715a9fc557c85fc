package dev.assay.activities;

import dev.assay.ledger.Ledger;

/** Finds the open ledger of a name; whoever wires the activities owns and closes it. */
public interface LedgerSource {
  /** The ledger, open for appending. */
  Ledger ledger(String name);
}
