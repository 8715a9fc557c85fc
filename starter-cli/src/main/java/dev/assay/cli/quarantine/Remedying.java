package dev.assay.cli.quarantine;

import dev.assay.model.cases.Commitment;
import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunDiff;
import dev.assay.model.run.RunEvidence;
import java.util.List;
import java.util.Optional;

/** One remedy: works out what it would do, and does what has to be done outside of the record. */
interface Remedying {
  /** Which it is. */
  Remedy.Kind kind();

  /**
   * What would be. Writes nothing.
   *
   * @throws dev.assay.cli.base.UsageException if it can't be done to this run
   */
  Worked work(HeldCase held) throws Exception;

  /** Does the rest, after the remedy is on record; safe to repeat. */
  default Worked carryOut(HeldCase held, Worked worked) throws Exception {
    return worked;
  }

  /**
   * What a remedy comes to.
   *
   * @param after the run with it
   * @param changes what is done beside the run's record, such as a file written
   * @param document what the remedy's entry names, if anything
   * @param refusal why it won't be accepted, if that is known already; who asks for it all the same
   *     is refused, and that is on record
   * @param recorded whether there is anything to put on record; else the run is only judged
   */
  record Worked(
      RunEvidence after,
      List<RunDiff.Change> changes,
      Optional<Paper> document,
      Optional<String> refusal,
      boolean recorded) {
    public Worked {
      changes = List.copyOf(changes);
    }

    static Worked of(RunEvidence after) {
      return new Worked(after, List.of(), Optional.empty(), Optional.empty(), true);
    }

    /** With its document. */
    Worked with(Paper paper) {
      return new Worked(after, changes, Optional.of(paper), refusal, recorded);
    }

    /** The run is as the remedy would make it: it is only judged. */
    static Worked already(RunEvidence now) {
      return new Worked(now, List.of(), Optional.empty(), Optional.empty(), false);
    }
  }

  /**
   * A document for the registry.
   *
   * @param text the words behind the commitment in it, if it has one
   */
  record Paper(String kind, byte[] bytes, Optional<Commitment> text) {
    Sha256 digest() {
      return Sha256.of(bytes);
    }
  }
}
