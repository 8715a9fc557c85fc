package dev.assay.activities.checkpoint;

import dev.assay.activities.Retryable;
import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.VerifierKey;
import dev.assay.workflows.checkpoint.SignedCheckpoint;
import dev.assay.workflows.checkpoint.SigningActivities;

/** {@link SigningActivities} over a {@link CheckpointSource}. */
public final class SigningActivitiesImpl implements SigningActivities {
  private final CheckpointSource source;

  public SigningActivitiesImpl(CheckpointSource source) {
    this.source = source;
  }

  @Override
  public SignedCheckpoint sign(SignRequest request) {
    SignedEnd end = Retryable.unlessHopeless(() -> source.signEnd(request.ledger()));
    return new SignedCheckpoint(
        end.checkpoint().origin(),
        end.checkpoint().size(),
        end.checkpoint().root().hex(),
        end.note().toString(),
        end.key().toString(),
        end.warning(),
        end.cosigner().map(VerifierKey::toString),
        end.unpublished());
  }
}
