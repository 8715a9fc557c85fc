package dev.assay.ledger;

import dev.assay.ledger.entry.EntryText;

/**
 * What caused an entry, in the words of the engine; not part of its content.
 *
 * @param workflowId empty if no workflow caused it
 * @param runId the execution's run id, or empty
 * @param activity the activity's type, or empty
 */
public record Correlation(String workflowId, String runId, String activity) {
  /** No workflow caused the entry. */
  public static final Correlation NONE = new Correlation("", "", "");

  public Correlation {
    EntryText.optional("workflow id", workflowId);
    EntryText.optional("run id", runId);
    EntryText.optional("activity", activity);
  }
}
