package dev.assay.model.verdict;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalReader;
import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.json.CanonicalWriter.Member;
import dev.assay.model.json.JsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checks of a plan in the policy's order. Findings of a run are mostly these with a verdict and
 * what was observed, so the rest of them is kept, and put into the {@link FindingsForm}, once a
 * plan. Immutable, safe for use by several threads.
 */
public final class PlannedChecks {
  private static final Member CHECK = Member.of("check");
  private static final Member LIMIT = Member.of("limit");
  private static final Member SEVERITY = Member.of("severity");
  private static final Member STAGE = Member.of("stage");

  private final List<PlannedCheck> checks;

  /** Of each check the bytes of the form before what was observed, and those behind it. */
  private final List<Fragments> fragments;

  private record Fragments(byte[] head, byte[] tail) {}

  /**
   * The checks of a plan.
   *
   * @throws IllegalArgumentException beyond {@link FindingsForm#MAX_FINDINGS}
   */
  public PlannedChecks(List<PlannedCheck> checks) {
    if (checks.size() > FindingsForm.MAX_FINDINGS) {
      throw new IllegalArgumentException(
          "%d checks, at most %d".formatted(checks.size(), FindingsForm.MAX_FINDINGS));
    }
    this.checks = List.copyOf(checks);
    fragments = this.checks.stream().map(PlannedChecks::fragments).toList();
  }

  private static Fragments fragments(PlannedCheck check) {
    CanonicalWriter out = new CanonicalWriter(128).beginObject();
    FindingsForm.head(out, check.check(), check.limit());
    int head = out.size();
    out.value("");
    int tail = out.size();
    FindingsForm.tail(out, check.severity(), check.stage());
    byte[] bytes = out.toByteArray();
    return new Fragments(Arrays.copyOf(bytes, head), Arrays.copyOfRange(bytes, tail, bytes.length));
  }

  /** The checks, in the policy's order. */
  public List<PlannedCheck> checks() {
    return checks;
  }

  /** The checks as a canonical JSON array of {@code {check, limit, severity, stage}}. */
  public byte[] toJson() {
    CanonicalWriter out = new CanonicalWriter(64 * checks.size() + 16).beginArray();
    for (PlannedCheck check : checks) {
      out.beginObject()
          .key(CHECK)
          .value(check.check())
          .key(LIMIT)
          .value(check.limit())
          .key(SEVERITY)
          .value(check.severity().text())
          .key(STAGE)
          .value(check.stage())
          .endObject();
    }
    return out.endArray().toByteArray();
  }

  /**
   * Reads {@link #toJson} back.
   *
   * @throws JsonException for anything else
   */
  public static PlannedChecks read(byte[] json) {
    CanonicalReader in = new CanonicalReader(json);
    List<PlannedCheck> checks = new ArrayList<>();
    in.beginArray();
    while (in.moreItems()) {
      in.beginObject();
      String check = text(in, CHECK);
      String limit = text(in, LIMIT);
      Severity severity = severity(text(in, SEVERITY));
      checks.add(new PlannedCheck(text(in, STAGE), check, severity, limit));
      in.endObject();
    }
    in.end();
    return new PlannedChecks(checks);
  }

  private static String text(CanonicalReader in, Member key) {
    in.require(key);
    return in.string();
  }

  private static Severity severity(String text) {
    return Stream.of(Severity.values())
        .filter(severity -> severity.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new JsonException("'%s' is no severity".formatted(text)));
  }

  /** Whether the findings are one of each check, in their order. */
  public boolean cover(List<Finding> findings) {
    boolean covered = findings.size() == checks.size();
    for (int i = 0; covered && i < checks.size(); i++) {
      covered = checks.get(i).isOf(findings.get(i));
    }
    return covered;
  }

  /** The digest of the findings' {@link FindingsForm}, be they of these checks or of others. */
  public Sha256 digest(List<Finding> findings) {
    return Sha256.of(cover(findings) ? form(findings) : FindingsForm.encode(findings));
  }

  private byte[] form(List<Finding> findings) {
    CanonicalWriter out = new CanonicalWriter(160 * findings.size() + 16).beginArray();
    for (int i = 0; i < findings.size(); i++) {
      Fragments known = fragments.get(i);
      out.item()
          .fragment(known.head(), known.head().length)
          .value(findings.get(i).observed())
          .fragment(known.tail(), known.tail().length)
          .value(findings.get(i).verdict().name())
          .endObject();
    }
    return out.endArray().toByteArray();
  }
}
