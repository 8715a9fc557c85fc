package dev.assay.model.cases;

import dev.assay.model.digest.Sha256;
import java.time.Instant;
import java.util.Optional;

/** What lets a run through: for good, or for a time. */
public sealed interface Wish {
  /** Why, as a commitment. */
  Optional<Sha256> reason();

  record Release(Optional<Sha256> reason) implements Wish {}

  /**
   * @param until when the case opens again
   */
  record Waiver(Instant until, Optional<Sha256> reason) implements Wish {}

  /** As decisions name it. */
  default CaseAction action() {
    return switch (this) {
      case Release _ -> CaseAction.RELEASE;
      case Waiver _ -> CaseAction.WAIVE;
    };
  }

  /** What happens when it is granted. */
  default CaseEvent granted() {
    return switch (this) {
      case Release(var reason) -> new CaseEvent.Released(reason);
      case Waiver(var until, var reason) -> new CaseEvent.Waived(until, reason);
    };
  }
}
