package dev.assay.model.verdict;

import dev.assay.model.bytes.Varints;
import dev.assay.model.json.JsonException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Findings in few bytes, quick to write and to read: of those that are a plan's own checks only
 * what differs from run to run. docs/formats/validation.md has the layout and a vector.
 */
public final class FindingsColumns {
  /** The findings are the plan's checks, in its order. */
  private static final byte PLANNED = 0;

  /** Each finding names its check. */
  private static final byte SPELLED_OUT = 1;

  /** Most bytes of a UTF-16 unit. */
  private static final int UTF8_BYTES = 3;

  /** Written as places in these lists, whatever the order of the constants. */
  private static final List<Severity> SEVERITIES =
      List.of(Severity.BLOCK, Severity.WARN, Severity.INFO);

  private static final List<CheckVerdict> VERDICTS =
      List.of(
          CheckVerdict.PASS, CheckVerdict.FAIL, CheckVerdict.INDETERMINATE, CheckVerdict.SKIPPED);

  private FindingsColumns() {}

  /** Writes findings. */
  public static byte[] pack(PlannedChecks checks, List<Finding> findings) {
    boolean planned = checks.cover(findings);
    ByteBuffer out = ByteBuffer.allocate(most(findings));
    Varints.write(out, planned ? PLANNED : SPELLED_OUT);
    Varints.write(out, findings.size());
    for (Finding finding : findings) {
      if (!planned) {
        text(out, finding.stage());
        text(out, finding.check());
        Varints.write(out, SEVERITIES.indexOf(finding.severity()));
        text(out, finding.limit());
      }
      Varints.write(out, VERDICTS.indexOf(finding.verdict()));
      text(out, finding.observed());
      text(out, finding.message());
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Most bytes that the findings can take, with all their texts. */
  private static int most(List<Finding> findings) {
    long most = 2 * Varints.MOST_BYTES;
    for (Finding finding : findings) {
      long chars = (long) finding.stage().length() + finding.check().length();
      chars += (long) finding.limit().length() + finding.observed().length();
      most += 7 * Varints.MOST_BYTES + UTF8_BYTES * (chars + finding.message().length());
    }
    return Math.toIntExact(most);
  }

  private static void text(ByteBuffer out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Varints.write(out, utf8.length);
    out.put(utf8);
  }

  /**
   * Reads findings.
   *
   * @param checks those that {@link #pack} was given
   * @param packed whether they are the findings of a digest, the caller checks
   * @throws JsonException if the bytes hold no findings
   */
  public static List<Finding> unpack(PlannedChecks checks, byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    try {
      boolean planned = below(in, SPELLED_OUT + 1) == PLANNED;
      int count = below(in, FindingsForm.MAX_FINDINGS + 1);
      if (planned && count != checks.checks().size()) {
        throw new JsonException(
            "%d findings of %d checks".formatted(count, checks.checks().size()));
      }
      List<Finding> findings = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        PlannedCheck check = planned ? checks.checks().get(i) : check(in);
        findings.add(check.finding(VERDICTS.get(below(in, VERDICTS.size())), text(in), text(in)));
      }
      if (in.hasRemaining()) {
        throw new JsonException("%d bytes follow the last finding".formatted(in.remaining()));
      }
      return findings;
    } catch (BufferUnderflowException e) {
      throw new JsonException("the findings end too early", e);
    }
  }

  private static PlannedCheck check(ByteBuffer in) {
    return new PlannedCheck(
        text(in), text(in), SEVERITIES.get(below(in, SEVERITIES.size())), text(in));
  }

  private static String text(ByteBuffer in) {
    int length = below(in, Integer.MAX_VALUE);
    if (length > in.remaining()) {
      throw new JsonException("a text of %d bytes in %d".formatted(length, in.remaining()));
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static int below(ByteBuffer in, int bound) {
    long value = Varints.read(in);
    if (value < 0 || value >= bound) {
      throw new JsonException("found %d, expected 0 to %d".formatted(value, bound - 1));
    }
    return (int) value;
  }
}
