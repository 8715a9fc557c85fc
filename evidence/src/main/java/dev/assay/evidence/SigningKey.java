package dev.assay.evidence;

/** A private key. Its bytes leave this package in files alone. */
public final class SigningKey {
  private final KeyType type;
  private final byte[] seed;

  /**
   * @param seed {@link Algorithm#SEED_BYTES}
   */
  SigningKey(KeyType type, byte[] seed) {
    if (seed.length != Algorithm.SEED_BYTES) {
      throw new IllegalArgumentException(
          "a seed is %d bytes, got %d".formatted(Algorithm.SEED_BYTES, seed.length));
    }
    this.type = type;
    this.seed = seed.clone();
  }

  /** A new one, from the system's random source. */
  public static SigningKey generate(KeyType type) {
    return new SigningKey(type, Algorithm.newSeed());
  }

  /** What it signs, and how. */
  public KeyType type() {
    return type;
  }

  /**
   * Signs under a name.
   *
   * @throws NoteException if it can't be a key's name
   */
  public NoteSigner named(String name) {
    return new NoteSigner(name, this);
  }

  byte[] seed() {
    return seed.clone();
  }

  byte[] publicKey() {
    return type.algorithm().publicKey(seed);
  }

  byte[] sign(byte[] message) {
    return type.algorithm().sign(seed, message);
  }

  @Override
  public String toString() {
    return "a private key, " + type.written();
  }
}
