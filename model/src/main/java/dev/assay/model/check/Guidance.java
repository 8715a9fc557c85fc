package dev.assay.model.check;

import dev.assay.model.verdict.CheckVerdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a finding means to the people who have to deal with it; docs/findings has a page a type that
 * says more.
 *
 * @param means what the finding shows, and why it stands in the way
 * @param action what remedies it
 */
public record Guidance(String means, String action) {
  private static final String BASELINE = "baseline";
  private static final String DRIFT = "drift";

  private static final Guidance SKIPPED =
      new Guidance(
          "A stage that this one needs did not pass, so this was not judged.",
          "Deal with the finding of that stage first; this one is judged when the run is validated again.");

  private static final Guidance PASS =
      new Guidance("The record shows what the policy demands.", "Nothing.");

  private static final Guidance UNKNOWN =
      new Guidance(
          "The check did not pass: what the record shows is observed, what the policy demands is the limit.",
          "Compare both, correct the record at its source or the policy, and validate the run again.");

  /** Of each type what a FAIL means, and what an INDETERMINATE means. */
  private record Both(Guidance fail, Guidance undecided) {}

  private static final Map<String, Both> TYPES =
      Map.ofEntries(
          type(
              "artifact",
              new Guidance(
                  "A file that the run should have left is not there, or its bytes are no longer those that were recorded: what would be released is not what was trained.",
                  "Restore the file from the place where training wrote it, or train again; then validate again."),
              new Guidance(
                  "Nothing shows what a file holds: its bytes or the digest to compare with are not known.",
                  "Make the run's files readable from here, or record their digests when training ends; then validate again.")),
          type(
              BASELINE,
              new Guidance(
                  "A metric is worse than that of the run relied on now, by more than the margin: a step back, whatever the model's own limits say.",
                  "Improve the run; if the baseline is the wrong one, have the policy's owners name another, for all runs."),
              new Guidance(
                  "There is nothing to compare with: no run or several are called so, or one of the two lacks the metric.",
                  "Import the baseline, or name it by system/experiment/run id; then validate again.")),
          type(
              "cel",
              new Guidance(
                  "A rule of the policy's own does not hold for this run.",
                  "Read the rule under limit ('assay policy explain'); correct the run or, with its owners, the rule."),
              new Guidance(
                  "The rule could not be evaluated: something that it names is missing, or it exceeded its bounds.",
                  "Record what the rule reads, or let the rule ask first whether it is there; then validate again.")),
          type(
              "command",
              new Guidance(
                  "A program that the policy names looked at the run and said no, by exiting with 1.",
                  "Read what it wrote (its observation is on record under the digest in observed); correct what it found, and validate again."),
              unobserved(
                  "Look at what it wrote, if it ran; mend the program or the worker's machine (docs/programs.md), and validate again.")),
          type(
              "dataset",
              new Guidance(
                  "The record does not name the data, or names it without a digest: nobody can tell what the model was trained on.",
                  "Log the dataset with its context and digest in the training program, and run it again."),
              unreadable()),
          type(
              DRIFT,
              new Guidance(
                  "The metric's values are distributed otherwise than those of the baseline run: what was learned there may not hold here.",
                  "Look at both distributions; find what changed in data or code before the limit is moved."),
              new Guidance(
                  "Too few values, or some that aren't finite: no distribution can be told.",
                  "Log more points of the metric, or repair the run; then validate again.")),
          type(
              "duplicate",
              new Guidance(
                  "Another run of the set has the same content: one of them was copied, logged twice, or passed off as new.",
                  "Find out which is the original, and keep the other out of the set."),
              new Guidance(
                  "The run doesn't say enough to be told from others: a part is missing, or has no digest.",
                  "Log datasets and files with digests from a clean commit; then validate again.")),
          type(
              "finite",
              new Guidance(
                  "A metric is NaN, infinite, or overflowed: training diverged, and every aggregate over it is meaningless.",
                  "Find the cause before the step that is named (learning rate, loss scaling, bad input), and train again."),
              noMetric()),
          type(
              "json-schema",
              new Guidance(
                  "A part of the record has not the form agreed on: whoever reads it next may read something else into it.",
                  "Correct what the training program logs at the place that is named; then validate again."),
              new Guidance(
                  "The record is too large to be held against the schema within bounds.",
                  "Log less, or have the policy's owners write a simpler schema.")),
          type(
              "metric",
              new Guidance(
                  "The aggregate of a metric is outside the limits that the policy's owners set for a model to be relied on.",
                  "Improve the run, or have the policy's owners change the limit; a limit moved for one run is no limit."),
              noMetric()),
          type(
              "param",
              new Guidance(
                  "A parameter is missing, of another kind, or not among the values allowed: the run was not made as agreed, or can't be repeated.",
                  "Log the parameter, or run again with an allowed value."),
              unreadable()),
          type(
              "record",
              new Guidance(
                  "A part of the record can't be read, or contradicts another: none of the rest can be taken at its word.",
                  "Look at the file and line that are named; write the record again from the trainer's own output, and validate again. Never edit a record by hand until it passes."),
              unreadable()),
          type(
              "sql",
              new Guidance(
                  "A query that looks for what is wrong found rows.",
                  "Look at the rows (the observation is on record under the digest in observed); correct what they show, and validate again."),
              unobserved(
                  "Correct the query or the files that it reads, or mend the worker's machine (docs/programs.md), and validate again.")),
          type(
              "status",
              new Guidance(
                  "The run did not end as it should: it failed, was killed, or still runs, so its last values are not final.",
                  "Wait for its end, or run it again; if it ended and the source doesn't say so, set its status there."),
              unreadable()),
          type(
              "steps",
              new Guidance(
                  "The metric has too few steps or several values at one: training stopped early, or two writers wrote into one series.",
                  "Check for a resumed or doubled writer, and train to the end."),
              noMetric()),
          type(
              "tag",
              new Guidance(
                  "A tag is missing or holds another text than allowed: what it should tie the run to (a commit, a ticket) is not known.",
                  "Set the tag at the source to what is true, and validate again."),
              unreadable()),
          type(
              "trend",
              new Guidance(
                  "The metric ended worse than it began, beyond the tolerance: the run learned nothing, or unlearned it.",
                  "Look at the whole curve; correct the training setup, and train again."),
              new Guidance(
                  "The metric is missing or has one point: that shows no trend.",
                  "Log the metric at least at two steps, and run again.")),
          type(
              "where",
              unreadable(),
              new Guidance(
                  "Whether the policy selects this run could not be told, so it is held as if it did.",
                  "Let the policy's where ask first whether the field is there, and check it with 'assay policy check'.")));

  private static Map.Entry<String, Both> type(String type, Guidance fail, Guidance undecided) {
    return Map.entry(type, new Both(fail, undecided));
  }

  private static Guidance unobserved(String action) {
    return new Guidance(
        "The program gave no answer: it didn't run, was stopped at a limit, or failed. No answer is no proof.",
        action);
  }

  private static Guidance noMetric() {
    return new Guidance(
        "The run has no such metric, so nothing shows that it is good: a trainer that stopped logging must not pass.",
        "Log the metric under this name, or correct the name in the policy; then validate again.");
  }

  private static Guidance unreadable() {
    return new Guidance(
        "The evidence is missing or can't be read, and what isn't shown doesn't pass.",
        "Make the evidence readable, and validate the run again.");
  }

  /** The types that have a text of their own, sorted. */
  public static List<String> types() {
    return List.copyOf(new TreeMap<>(TYPES).keySet());
  }

  /**
   * The text for what a check found: one that compares runs and has none to compare with says so,
   * whatever it compares.
   *
   * @param type as {@link #of(String, CheckVerdict)} has it
   * @param observed as the finding has it
   */
  public static Guidance of(String type, CheckVerdict verdict, String observed) {
    return type.equals(DRIFT) && observed.startsWith(ComparisonChecks.NO_BASELINE)
        ? of(BASELINE, verdict)
        : of(type, verdict);
  }

  /**
   * The text for a verdict of a check.
   *
   * @param type as documents name it; for one without a text of its own, a general one
   */
  public static Guidance of(String type, CheckVerdict verdict) {
    Both both = TYPES.getOrDefault(type, new Both(UNKNOWN, UNKNOWN));
    return switch (verdict) {
      case PASS -> PASS;
      case FAIL -> both.fail();
      case INDETERMINATE -> both.undecided();
      case SKIPPED -> SKIPPED;
    };
  }
}
