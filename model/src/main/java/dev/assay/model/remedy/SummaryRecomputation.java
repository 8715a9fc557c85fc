package dev.assay.model.remedy;

import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.Problem;
import dev.assay.model.run.Run;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A recorded summary that disagrees with the points it sums up is replaced by what the importer
 * computed from them. Nothing else reads the summary, so what is left of it in a run is the list of
 * differences, and they are gone.
 *
 * @param original digest of the revision that has them
 * @param replaced the differences, each with the recorded and the computed value
 */
public record SummaryRecomputation(Sha256 original, List<Problem> replaced) {
  /** Kind of its document. */
  public static final String KIND = "SummaryRecomputation";

  private static final String SYSTEM = "rustorch";
  private static final String FILE = "run_summary.json";

  /**
   * As the importer of rustorch words them; names are quoted there, so no name ends like a number.
   */
  private static final Pattern COMPUTED =
      Pattern.compile(
          ".+ is (?:missing|[-+0-9.eE]+), (?:metrics\\.jsonl|telemetry\\.jsonl|the record) gives (?:none|[-+0-9.eE]+)"
              + "|(?:metric|event) '.*' isn't in (?:metrics|telemetry)\\.jsonl",
          Pattern.DOTALL);

  public SummaryRecomputation {
    replaced = List.copyOf(replaced);
  }

  /**
   * Of a run.
   *
   * @throws RemedyException if its summary doesn't disagree with its points
   */
  public static SummaryRecomputation of(Run run, Sha256 digest) {
    List<Problem> found = run.problems().stream().filter(p -> recomputed(run, p)).toList();
    if (found.isEmpty()) {
      throw new RemedyException(
          "%s has no summary that disagrees with its points, so there is nothing to compute again; only rustorch records one"
              .formatted(run.identity()));
    }
    return new SummaryRecomputation(digest, found);
  }

  private static boolean recomputed(Run run, Problem problem) {
    return run.source().system().equals(SYSTEM)
        && problem.where().equals(FILE)
        && COMPUTED.matcher(problem.what()).matches();
  }

  /** The revision without them. */
  public Run applyTo(Run run) {
    return Derived.of(
        run,
        run.tags(),
        run.metrics(),
        run.problems().stream().filter(problem -> !replaced.contains(problem)).toList(),
        Derived.mark(Remedy.Kind.RECOMPUTE_SUMMARY, digest()));
  }

  /** The document. */
  public byte[] encode() {
    return CanonicalJson.encode(
        JsonObject.EMPTY
            .with("kind", KIND)
            .with("runDigest", original.hex())
            .with(
                "replaced",
                new JsonArray(
                    replaced.stream()
                        .<JsonValue>map(
                            problem ->
                                JsonObject.EMPTY
                                    .with("where", problem.where())
                                    .with("what", problem.what()))
                        .toList())));
  }

  /** SHA-256 of {@link #encode}. */
  public Sha256 digest() {
    return Sha256.of(encode());
  }
}
