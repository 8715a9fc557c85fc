package dev.assay.evidence;

import dev.assay.evidence.NoteSignatureException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with signatures: the text, an empty line, then one line a signature. Source:
 * c2sp.org/signed-note.
 *
 * @param text ends with a newline; no control characters but newlines
 * @param signatures 1 to 16, in the order of the note
 */
public record SignedNote(String text, List<SignatureLine> signatures) {
  /** Longest note read; 1 MiB is also the bound of Go's implementation. */
  public static final int MAX_BYTES = 1 << 20;

  /** Most signature lines of a note; c2sp.org/signed-note asks for a bound of at least 16. */
  public static final int MAX_SIGNATURES = 100;

  private static final String DASH = "\u2014 ";

  public SignedNote {
    signatures = List.copyOf(signatures);
    requireText(text);
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new NoteException(
          "note: expected 1 to %d signature lines, found %d"
              .formatted(MAX_SIGNATURES, signatures.size()));
    }
  }

  /**
   * Reads a note; checks no signature.
   *
   * @throws NoteException for anything malformed
   */
  public static SignedNote parse(byte[] utf8) {
    if (utf8.length > MAX_BYTES) {
      throw new NoteException(
          "note of %d bytes: at most %d are read".formatted(utf8.length, MAX_BYTES));
    }
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new NoteException("note: not UTF-8 (%s)".formatted(e.getMessage()));
    }
  }

  /** As {@link #parse(byte[])}, from text. */
  public static SignedNote parse(String note) {
    int split = note.lastIndexOf("\n\n");
    if (split < 0) {
      throw new NoteException("note: no empty line between the text and its signatures");
    }
    String lines = note.substring(split + 2);
    if (!lines.endsWith("\n")) {
      throw new NoteException("note: the last line doesn't end with a newline; was it cut?");
    }
    List<SignatureLine> signatures = new ArrayList<>();
    for (String line : lines.substring(0, lines.length() - 1).split("\n", MAX_SIGNATURES + 2)) {
      signatures.add(signatureLine(line));
    }
    return new SignedNote(note.substring(0, split + 1), signatures);
  }

  /**
   * Succeeds if {@code key} signed this text. Lines of other keys are ignored; a line of this key's
   * name and id that doesn't verify is a forgery even beside a good one.
   *
   * @return when a cosignature says it was made, the latest of several; empty for a key of type 01
   * @throws NoteSignatureException if it didn't
   */
  public Optional<Instant> verify(VerifierKey key) {
    Optional<Instant> latest = Optional.empty();
    for (SignatureLine line : signatures) {
      if (line.name().equals(key.name()) && line.keyId() == key.keyId()) {
        Instant time = key.verify(text, line.signature()).orElseThrow(() -> forged(key));
        latest = latest.filter(known -> known.isAfter(time)).or(() -> Optional.of(time));
      }
    }
    if (latest.isEmpty()) {
      throw new NoteSignatureException(
          Reason.OTHER_KEY,
          "note: no signature of the trusted key %s; it was signed by %s"
              .formatted(key, signatures.stream().map(SignatureLine::name).toList()));
    }
    return latest.filter(_ -> key.type().timed());
  }

  /** Whether a line claims to be this key's; {@link #verify} tells whether it is. */
  public boolean namesSigner(VerifierKey key) {
    return signatures.stream()
        .anyMatch(line -> line.name().equals(key.name()) && line.keyId() == key.keyId());
  }

  private static NoteSignatureException forged(VerifierKey key) {
    return new NoteSignatureException(
        Reason.FORGED,
        "note of %s: its signature doesn't verify; text or signature was changed"
            .formatted(key.name()));
  }

  /** The note as it is written to files, in UTF-8. */
  public byte[] encode() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(text).append('\n');
    for (SignatureLine line : signatures) {
      out.append(DASH).append(line.name()).append(' ').append(line.encoded()).append('\n');
    }
    return out.toString();
  }

  static String requireText(String text) {
    if (!text.endsWith("\n")) {
      throw new NoteException("note: its text doesn't end with a newline");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n') || c == 0x7F) {
        throw new NoteException("note: control character %04x at %d".formatted((int) c, i));
      }
    }
    return text;
  }

  private static SignatureLine signatureLine(String line) {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw new NoteException(
          "note: a signature line isn't 'em dash, space, name, space, base64' (U+2014)");
    }
    return new SignatureLine(line.substring(DASH.length(), space), line.substring(space + 1));
  }
}
