package dev.assay.evidence;

/** What encrypts a private key's file. Never shown. */
public final class Passphrase {
  private static final int MAX_LENGTH = 1_024;

  private final String text;

  /**
   * @throws KeyFileException if it is empty or longer than 1,024 characters
   */
  public Passphrase(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new KeyFileException(
          "a passphrase has 1 to %d characters, got %d".formatted(MAX_LENGTH, text.length()));
    }
    this.text = text;
  }

  char[] characters() {
    return text.toCharArray();
  }

  @Override
  public String toString() {
    return "a passphrase";
  }
}
