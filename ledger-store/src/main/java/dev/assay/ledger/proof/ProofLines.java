package dev.assay.ledger.proof;

import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import dev.assay.model.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What the text forms of proofs have in common: some header lines, then a hash a line in base64, an
 * empty line, and a signed checkpoint.
 */
final class ProofLines {
  /** Longest proof read: extra data of one entry, 64 hashes, and a note. */
  private static final int MAX_BYTES = 2 << 20;

  private final List<String> head;
  private final SignedNote note;
  private int next;

  private ProofLines(List<String> head, SignedNote note) {
    this.head = head;
    this.note = note;
  }

  static ProofLines parse(byte[] utf8) {
    if (utf8.length > MAX_BYTES) {
      throw new ProofException(
          "proof of %d bytes: at most %d are read".formatted(utf8.length, MAX_BYTES));
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new ProofException("proof: not UTF-8 (%s)".formatted(e.getMessage()));
    }
    int split = text.indexOf("\n\n");
    if (split < 0) {
      throw new ProofException("proof: no empty line between its hashes and the checkpoint");
    }
    try {
      return new ProofLines(
          List.of(text.substring(0, split).split("\n", -1)),
          SignedNote.parse(text.substring(split + 2)));
    } catch (NoteException e) {
      throw new ProofException("proof: its checkpoint isn't one: " + e.getMessage());
    }
  }

  SignedNote note() {
    return note;
  }

  /** Whether the next line begins with a word and a space. */
  boolean hasNext(String word) {
    return next < head.size() && head.get(next).startsWith(word + " ");
  }

  /** The rest of the next line, which begins with a word and a space. */
  String take(String word) {
    if (!hasNext(word)) {
      throw new ProofException(
          "proof, line %d: expected '%s ' and a value".formatted(next + 1, word));
    }
    return head.get(next++).substring(word.length() + 1);
  }

  void takeLine(String line) {
    if (next >= head.size() || !head.get(next).equals(line)) {
      throw new ProofException("proof, line %d: expected '%s'".formatted(next + 1, line));
    }
    next++;
  }

  /** A number in decimal, without leading zeros. */
  long takeNumber(String word) {
    int line = next + 1;
    String digits = take(word);
    if (!digits.matches("0|[1-9][0-9]{0,18}")) {
      throw new ProofException(
          "proof, line %d: expected '%s' and a number in decimal".formatted(line, word));
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new ProofException("proof, line %d: %s is beyond 2^63-1".formatted(line, digits));
    }
  }

  /** All that is left, a hash a line. */
  List<Sha256> takeHashes() {
    if (head.size() - next > Long.SIZE) {
      throw new ProofException(
          "proof: %d hashes, at most %d are possible".formatted(head.size() - next, Long.SIZE));
    }
    List<Sha256> hashes = new ArrayList<>();
    for (; next < head.size(); next++) {
      byte[] hash = bytes(head.get(next), next + 1);
      if (hash.length != 32) {
        throw new ProofException(
            "proof, line %d: expected base64 of 32 bytes, found %d"
                .formatted(next + 1, hash.length));
      }
      hashes.add(Sha256.ofBytes(hash));
    }
    return hashes;
  }

  /** Canonical base64 (RFC 4648 section 4), with padding. */
  static byte[] bytes(String base64, int line) {
    try {
      byte[] decoded = Base64.getDecoder().decode(base64);
      if (Base64.getEncoder().encodeToString(decoded).equals(base64)) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      throw new ProofException("proof, line %d: not base64".formatted(line));
    }
    throw new ProofException(
        "proof, line %d: base64 with loose bits or without padding".formatted(line));
  }

  static void write(StringBuilder out, List<Sha256> hashes, SignedNote note) {
    for (Sha256 hash : hashes) {
      out.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
    }
    out.append('\n').append(note);
  }
}
