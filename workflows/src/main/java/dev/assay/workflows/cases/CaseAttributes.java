package dev.assay.workflows.cases;

import io.temporal.common.SearchAttributeKey;
import java.time.OffsetDateTime;
import java.util.List;

/** Search attributes of cases: a convenience of the engine's list, never relied on. */
public final class CaseAttributes {
  /** Where it stands. */
  public static final SearchAttributeKey<String> CASE_STATE =
      SearchAttributeKey.forKeyword("AssayCaseState");

  /** The run's experiment. */
  public static final SearchAttributeKey<String> EXPERIMENT =
      SearchAttributeKey.forKeyword("AssayExperiment");

  /** FAIL or INDETERMINATE; the one that validations have. */
  public static final SearchAttributeKey<String> VERDICT =
      SearchAttributeKey.forKeyword("AssayVerdict");

  /** When it was opened. */
  public static final SearchAttributeKey<OffsetDateTime> OPENED =
      SearchAttributeKey.forOffsetDateTime("AssayOpened");

  /** All of them. */
  public static final List<SearchAttributeKey<?>> ALL =
      List.of(CASE_STATE, EXPERIMENT, VERDICT, OPENED);

  private CaseAttributes() {}
}
