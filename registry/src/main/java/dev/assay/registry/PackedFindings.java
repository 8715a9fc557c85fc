package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalReader;
import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.json.JsonException;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.FindingsForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;

/**
 * Findings as the registry keeps them: their {@link FindingsForm}, of which the digest is taken,
 * and behind it a JSON array of their messages, which aren't digested; deflated as one.
 *
 * @param digest SHA-256 of the form
 * @param formSize bytes of the form
 * @param rawSize bytes of the form and the messages
 * @param body the two, deflated
 */
public record PackedFindings(Sha256 digest, int formSize, int rawSize, byte[] body) {
  /** Largest form with messages of one run's findings, 16 MiB. */
  private static final int MAX_RAW_SIZE = 16 << 20;

  /** Encodes, digests and packs. Pure. */
  static PackedFindings pack(List<Finding> findings) {
    Bounds.atMost("findings of a run", findings.size(), FindingsForm.MAX_FINDINGS);
    byte[] form = FindingsForm.encode(findings);
    byte[] messages = messages(findings);
    Bounds.atMost("bytes of a run's findings", (long) form.length + messages.length, MAX_RAW_SIZE);
    byte[] raw = Arrays.copyOf(form, form.length + messages.length);
    System.arraycopy(messages, 0, raw, form.length, messages.length);
    return new PackedFindings(Sha256.of(form), form.length, raw.length, Deflate.pack(raw));
  }

  private static byte[] messages(List<Finding> findings) {
    CanonicalWriter out = new CanonicalWriter(80 * findings.size() + 16).beginArray();
    findings.forEach(finding -> out.value(finding.message()));
    return out.endArray().toByteArray();
  }

  /**
   * The findings, everything but their messages checked against the digest.
   *
   * @throws DataFormatException if the body can't be unpacked
   * @throws JsonException if it doesn't hold findings, or not those of the digest
   */
  List<Finding> unpack() throws DataFormatException {
    if (rawSize > MAX_RAW_SIZE || formSize < 0 || formSize > rawSize) {
      throw new DataFormatException(
          "sizes of %d and %d bytes are beyond the bound of %d"
              .formatted(formSize, rawSize, MAX_RAW_SIZE));
    }
    byte[] raw = Deflate.unpack(body, rawSize);
    byte[] form = Arrays.copyOf(raw, formSize);
    Sha256 found = Sha256.of(form);
    if (!found.equals(digest)) {
      throw new JsonException("they have digest " + found);
    }
    return FindingsForm.decode(form, messages(raw));
  }

  private List<String> messages(byte[] raw) {
    CanonicalReader in = new CanonicalReader(raw, formSize);
    List<String> messages = new ArrayList<>();
    in.beginArray();
    while (in.moreItems()) {
      messages.add(in.string());
    }
    in.end();
    return messages;
  }
}
