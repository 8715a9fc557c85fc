package dev.assay.cli.quarantine;

import dev.assay.cli.base.UsageException;
import dev.assay.model.cases.Commitment;
import dev.assay.model.digest.Sha256;
import dev.assay.registry.PrivateTexts;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/** Puts free text where it stays private, before anything durable hears of it. */
final class CaseTexts {
  private static final Set<String> PLACEHOLDERS = Set.of("…", "...", "TEXT");

  private final PrivateTexts texts;
  private final SecureRandom random = new SecureRandom();

  CaseTexts(PrivateTexts texts) {
    this.texts = texts;
  }

  /**
   * That a reason isn't only what examples have in its place.
   *
   * @throws UsageException if it is
   */
  static void requireReason(String option, String text) {
    if (PLACEHOLDERS.contains(text.strip())) {
      throw new UsageException("%s %s: write why, in words of your own".formatted(option, text));
    }
  }

  /**
   * Its commitment.
   *
   * @param option that gave it, for messages
   * @throws UsageException if it is empty or too long
   */
  Sha256 keep(String option, String text) {
    byte[] salt = new byte[Commitment.SALT_BYTES];
    random.nextBytes(salt);
    try {
      Commitment commitment = new Commitment(salt, text);
      texts.save(commitment);
      return commitment.digest();
    } catch (IllegalArgumentException e) {
      throw new UsageException("%s: %s".formatted(option, e.getMessage()));
    }
  }

  /** As {@link #keep}, for a reason that may be left out: then it is empty. */
  Optional<String> keepIfGiven(String option, String text) {
    requireReason(option, text);
    return text.isEmpty() ? Optional.empty() : Optional.of(keep(option, text).hex());
  }
}
