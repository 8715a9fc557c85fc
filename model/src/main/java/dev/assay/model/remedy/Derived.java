package dev.assay.model.remedy;

import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Problem;
import dev.assay.model.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A revision made of another: it says so in a tag, which its digest covers. The tag's value is the
 * remedy, a colon, and the digest of the document that says what was done to which revision.
 */
public final class Derived {
  /** The tag. No source's own tag counts for more than a claim: the case's record decides. */
  public static final String TAG = "assay.derived";

  private Derived() {}

  /** The tag's value. */
  static String mark(Remedy.Kind kind, Sha256 document) {
    return kind.text() + ":" + document.hex();
  }

  /** The document that a revision says it was made by, if it was made by this remedy. */
  public static Optional<Sha256> document(Run run, Remedy.Kind kind) {
    return Optional.ofNullable(run.tags().get(TAG))
        .filter(value -> value.startsWith(kind.text() + ":"))
        .map(value -> value.substring(kind.text().length() + 1))
        .filter(hex -> hex.matches("[0-9a-f]{64}"))
        .map(Sha256::new);
  }

  /** The same run with these parts, marked. */
  static Run of(
      Run original,
      SortedMap<String, String> tags,
      SortedMap<String, MetricSeries> metrics,
      List<Problem> problems,
      String mark) {
    SortedMap<String, String> marked = new TreeMap<>(tags);
    marked.put(TAG, mark);
    return new Run(
        original.id(),
        original.name(),
        original.source(),
        original.experiment(),
        original.status(),
        original.started(),
        original.ended(),
        original.params(),
        marked,
        metrics,
        original.datasets(),
        original.artifacts(),
        original.code(),
        original.seed(),
        original.author(),
        original.parents(),
        problems);
  }
}
