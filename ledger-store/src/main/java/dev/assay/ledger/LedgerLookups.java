package dev.assay.ledger;

import dev.assay.ledger.verify.Warning;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The projection that finds a ledger's entries by kind, actor, subject and workflow. */
public interface LedgerLookups {
  /**
   * How far it is.
   *
   * @param projected entries that it covers; others are found by reading them. −1 while it is being
   *     made again. Less, or more than {@code size}, if somebody changed it
   * @param size entries of the ledger
   */
  record State(long projected, long size) {
    /** Whether it says what can be. */
    public boolean credible() {
      return projected >= -1 && projected <= size;
    }

    /** Entries that are found by reading them. */
    public long behind() {
      return credible() ? size - Math.max(0, projected) : size;
    }
  }

  /**
   * How far it is now.
   *
   * @throws LedgerNotFoundException if there is no such ledger
   */
  State state();

  /**
   * Compares all of it with the entries that it covers; 0.4 s a million entries.
   *
   * @return what differs and what to do; empty if nothing does, or if no reader believes it anyway
   * @throws LedgerUnavailableException if the database fails
   */
  Optional<Warning> difference();

  /**
   * Makes it again from the entries, while others append and read; meanwhile whatever isn't covered
   * is found by reading the entries. Ends when it covers what was there at the beginning. If it is
   * broken off, whoever projects next goes on. Needs the rights of {@code assay_writer}.
   *
   * @param progress hears how many entries are covered
   * @return how many are in the end
   * @throws LedgerNotFoundException if there is no such ledger
   * @throws LedgerUnavailableException if the database fails
   */
  long rebuild(LongConsumer progress);
}
