package dev.assay.cli.doctor;

import dev.assay.model.text.Count;
import dev.assay.worker.cases.LostCases;

/** Whether an engine drives the cases that wait for time. */
final class CasesCheckup {
  private static final int NAMED = 5;

  private CasesCheckup() {}

  /**
   * @param resume the command that starts what doesn't run
   */
  static Checkup of(LostCases lost, String resume) {
    String waiting = Count.of(lost.waiting(), "open case");
    if (lost.none()) {
      return Checkup.ok("cases", waiting + ", none without its workflow");
    }
    if (lost.ids().isEmpty()) {
      return Checkup.warn(
          "cases",
          waiting + ", and nothing that starts the workflows of those that open next",
          "'%s' starts it".formatted(resume));
    }
    int more = lost.ids().size() - NAMED;
    return Checkup.warn(
        "cases",
        "%s, %d without a workflow here, so without reminders and deadline: %s%s"
            .formatted(
                waiting,
                lost.ids().size(),
                String.join(", ", lost.ids().subList(0, Math.min(NAMED, lost.ids().size()))),
                more > 0 ? " and %d more".formatted(more) : ""),
        "'%s' starts them from the record; nothing was lost".formatted(resume));
  }
}
