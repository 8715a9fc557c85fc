package dev.assay.activities.checkpoint;

import dev.assay.activities.Retryable;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.workflows.checkpoint.LookingActivities;
import java.util.function.ToLongFunction;

/** {@link LookingActivities} over whatever knows a ledger's size. */
public final class LookingActivitiesImpl implements LookingActivities {
  private final ToLongFunction<String> sizes;

  /**
   * @param sizes entries of a ledger by its name; throws {@link LedgerNotFoundException} if there
   *     is none
   */
  public LookingActivitiesImpl(ToLongFunction<String> sizes) {
    this.sizes = sizes;
  }

  @Override
  public LedgerSize look(LookRequest request) {
    return Retryable.unlessHopeless(
        () -> {
          try {
            return new LedgerSize(sizes.applyAsLong(request.ledger()));
          } catch (LedgerNotFoundException _) {
            return new LedgerSize(0);
          }
        });
  }
}
