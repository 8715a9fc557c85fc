package dev.assay.connectors.record;

import dev.assay.model.run.RunIdentity;
import java.util.List;

/**
 * Reading of one or a few runs, on any thread. Never throws for what a record holds: what can't be
 * read is a problem of the run.
 */
public interface RunTask {
  /** Identities of the runs that {@link #read} gives, as cheaply as they can be known. */
  List<RunIdentity> identities();

  /** The runs. */
  TaskResult read();
}
