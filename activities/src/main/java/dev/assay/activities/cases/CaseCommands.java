package dev.assay.activities.cases;

import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.Remedy;
import dev.assay.model.cases.Wish;
import dev.assay.model.digest.Sha256;
import dev.assay.workflows.cases.CaseAsk;
import java.time.Instant;
import java.util.Optional;

/** From what an Update says to what is wanted. */
final class CaseCommands {
  private CaseCommands() {}

  /**
   * @throws IllegalArgumentException if it doesn't say what the action needs
   */
  static CaseCommand of(CaseAction action, CaseAsk ask) {
    return switch (action) {
      case ASSIGN -> new CaseCommand.Assign(digest("text", ask.text()));
      case COMMENT -> new CaseCommand.Comment(digest("text", ask.text()));
      case REMEDIATE -> remediate(ask);
      case REVALIDATE ->
          new CaseCommand.Revalidate(
              required("importSet", ask.importSet()),
              digest("run", ask.run()),
              ask.policy().map(Sha256::new));
      case RELEASE -> new CaseCommand.Let(new Wish.Release(reason(ask)));
      case WAIVE ->
          new CaseCommand.Let(
              new Wish.Waiver(Instant.parse(required("until", ask.until())), reason(ask)));
      case REJECT -> new CaseCommand.Reject(reason(ask));
      case REOPEN -> new CaseCommand.Reopen(reason(ask));
      case APPROVE, DECLINE, JUDGE, REMIND, ESCALATE, EXPIRE, END_WAIVER, CHANGE ->
          throw new IllegalArgumentException(action.text() + " isn't asked for in this way");
    };
  }

  /** The signed decision that an APPROVE or DECLINE brings. */
  static Sha256 envelope(CaseAsk ask) {
    return digest("document", ask.document());
  }

  /** What a REMEDIATE asks. */
  static CaseCommand.Remediate remediate(CaseAsk ask) {
    return new CaseCommand.Remediate(remedy(ask));
  }

  private static Remedy remedy(CaseAsk ask) {
    String name = required("remedy", ask.remedy());
    return new Remedy(
        Remedy.Kind.of(name)
            .orElseThrow(() -> new IllegalArgumentException("no remedy is called " + name)),
        ask.document().map(Sha256::new));
  }

  private static Optional<Sha256> reason(CaseAsk ask) {
    return ask.text().map(Sha256::new);
  }

  private static Sha256 digest(String name, Optional<String> value) {
    return new Sha256(required(name, value));
  }

  private static String required(String name, Optional<String> value) {
    return value.orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }
}
