package dev.assay.activities.observing;

import dev.assay.activities.programs.Isolation;
import dev.assay.model.digest.Sha256;
import dev.assay.model.observation.Observation;
import dev.assay.model.policy.Check.CommandCheck;
import dev.assay.model.policy.Check.Observed;
import dev.assay.model.policy.Check.SqlCheck;
import dev.assay.model.run.RunEvidence;

/** Runs the program of a check for a run. Of any number of threads. */
public final class ProgramObserver {
  private final CommandObserver commands;
  private final SqlObserver queries;

  public ProgramObserver(Isolation isolation) {
    this.commands = new CommandObserver(isolation);
    this.queries = new SqlObserver(isolation);
  }

  /**
   * Runs it. Whatever comes of that is an observation: only a program that ended by itself is more
   * than missing evidence.
   *
   * @param runDigest the revision that {@code evidence} has
   * @throws InterruptedException after the program was ended
   */
  public Observation observe(Observed check, RunEvidence evidence, Sha256 runDigest)
      throws InterruptedException {
    try {
      return switch (check) {
        case CommandCheck command -> commands.observe(command, evidence, runDigest);
        case SqlCheck sql -> queries.observe(sql, evidence, runDigest);
      };
    } catch (GivenFiles.UngivenException e) {
      return Observation.nothing(runDigest, check.id(), String.valueOf(e.getMessage()));
    }
  }
}
