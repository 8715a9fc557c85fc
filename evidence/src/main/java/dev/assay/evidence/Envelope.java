package dev.assay.evidence;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.statement.Statement;
import dev.assay.model.trust.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Bytes with signatures over them and their type. Source: DSSE v1, secure-systems-lab/dsse, {@code
 * protocol.md} and {@code envelope.md}. A signature's {@code keyid} is the key's public form; as
 * there, it only says which key to try. Immutable.
 */
public final class Envelope {
  /** Longest envelope, in bytes of JSON. */
  public static final int MAX_BYTES = 65_536;

  /** Most signatures of one. */
  public static final int MAX_SIGNATURES = 64;

  private final String payloadType;
  private final byte[] payload;
  private final List<Signature> signatures;

  Envelope(String payloadType, byte[] payload, List<Signature> signatures) {
    this.payloadType = payloadType;
    this.payload = payload.clone();
    this.signatures = List.copyOf(new LinkedHashSet<>(signatures));
    if (this.signatures.size() > MAX_SIGNATURES) {
      throw new EnvelopeException(
          "an envelope of %d signatures; at most %d are read"
              .formatted(this.signatures.size(), MAX_SIGNATURES));
    }
  }

  /**
   * A signature.
   *
   * @param keyId as written; empty if there was none
   * @param base64 the signature, in base64 with padding
   */
  record Signature(String keyId, String base64) {}

  /**
   * Reads an envelope; verifies nothing.
   *
   * @throws EnvelopeException for anything but one
   */
  public static Envelope parse(byte[] json) {
    return EnvelopeReader.read(json);
  }

  /**
   * A statement, signed.
   *
   * @throws KeyFileException if the key isn't of type {@code ed25519}
   */
  public static Envelope sign(Statement statement, SigningKey key) {
    return new Envelope(Statement.PAYLOAD_TYPE, statement.encode(), List.of()).and(key);
  }

  /**
   * With one signature more; the same if the key has signed it before.
   *
   * @throws KeyFileException if the key isn't of type {@code ed25519}
   */
  public Envelope and(SigningKey key) {
    PublicKey own = PublicKeys.of(key);
    List<Signature> all = new ArrayList<>(signatures);
    all.add(
        new Signature(own.text(), EnvelopeWriter.base64(key.sign(encoding(payloadType, payload)))));
    return new Envelope(payloadType, payload, all);
  }

  /**
   * What is signed: {@code DSSEv1}, then type and payload, each behind its length.
   *
   * @return the pre-authentication encoding (PAE) of protocol.md
   */
  static byte[] encoding(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        "DSSEv1 %d %s %d "
            .formatted(type.length, payloadType, payload.length)
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + payload.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }

  /**
   * The statement inside.
   *
   * @throws dev.assay.model.statement.StatementException if it is none
   * @throws EnvelopeException if the payload is of another type
   */
  public Statement statement() {
    if (!payloadType.equals(Statement.PAYLOAD_TYPE)) {
      throw new EnvelopeException(
          "the envelope's payloadType is '%s', expected '%s'"
              .formatted(payloadType, Statement.PAYLOAD_TYPE));
    }
    return Statement.parse(payload);
  }

  /**
   * The keys whose signature over this was verified: of {@code trusted}, and of those that the
   * signatures name, whoever's they are.
   */
  public SortedSet<PublicKey> signers(Collection<PublicKey> trusted) {
    byte[] message = encoding(payloadType, payload);
    SortedSet<PublicKey> verified = new TreeSet<>();
    for (Signature signature : signatures) {
      named(signature)
          .map(List::of)
          .orElseGet(() -> List.copyOf(trusted))
          .forEach(
              key -> {
                if (PublicKeys.verifies(
                    key, message, EnvelopeReader.base64(signature.base64(), "sig"))) {
                  verified.add(key);
                }
              });
    }
    return Collections.unmodifiableSortedSet(verified);
  }

  /** A key that others name by another id is tried as one without. */
  private static Optional<PublicKey> named(Signature signature) {
    return Optional.of(signature.keyId()).filter(PublicKey::isForm).map(PublicKey::new);
  }

  String payloadType() {
    return payloadType;
  }

  byte[] payload() {
    return payload.clone();
  }

  /** At least one, except while it is made. */
  List<Signature> signatures() {
    return signatures;
  }

  /** How many signatures it has; nothing is verified. */
  public int size() {
    return signatures.size();
  }

  /** The envelope as canonical JSON (RFC 8785). */
  public byte[] encode() {
    return CanonicalJson.encode(EnvelopeWriter.json(this));
  }

  /** SHA-256 of {@link #encode}: how entries name it. */
  public Sha256 digest() {
    return Sha256.of(encode());
  }
}
