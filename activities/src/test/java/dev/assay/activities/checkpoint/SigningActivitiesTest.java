package dev.assay.activities.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.model.digest.Sha256;
import dev.assay.workflows.checkpoint.LookingActivities;
import dev.assay.workflows.checkpoint.LookingActivities.LookRequest;
import dev.assay.workflows.checkpoint.SignedCheckpoint;
import dev.assay.workflows.checkpoint.SigningActivities;
import dev.assay.workflows.checkpoint.SigningActivities.SignRequest;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningActivitiesTest {
  private static final String ORIGIN = "assay/main/test";

  @TempDir private Path folder;

  @Test
  void sign_end_repliesWithWhatWasSigned() {
    SignedCheckpoint signed = sign(3);

    assertThat(signed.origin()).isEqualTo(ORIGIN);
    assertThat(signed.size()).isEqualTo(3);
    assertThat(signed.root()).isEqualTo(root(3).hex());
    assertThat(signed.note()).startsWith(new Checkpoint(ORIGIN, 3, root(3)).text());
    assertThat(signed.verifierKey()).startsWith(ORIGIN + "+");
    assertThat(signed.warning()).isEmpty();
    assertThat(signed.cosignerKey().orElseThrow()).startsWith(ORIGIN + "+");
    assertThat(signed.unpublished()).containsExactly("anchor a: gone");
  }

  @Test
  void sign_smallerThanBefore_isRefusedForGoodUnderItsName() {
    sign(3);

    failsForGood("CheckpointRefusedException", "asked to sign size 2 after size 3");
  }

  @Test
  void sign_stateLost_failsForGoodUnderItsName() throws Exception {
    sign(1);
    Files.writeString(folder.resolve("state"), "torn");

    failsForGood("SignerStateException", "isn't the last note");
  }

  @Test
  void sign_ledgerAway_mayBeTriedAgain() {
    SigningActivities away =
        new SigningActivitiesImpl(
            ledger -> {
              throw new LedgerUnavailableException(ledger + " is away");
            });

    assertThatThrownBy(() -> away.sign(new SignRequest("main")))
        .isInstanceOf(LedgerUnavailableException.class);
  }

  @Test
  void look_ledger_givesItsSizeAndZeroWhereThereIsNone() {
    LookingActivities looking =
        new LookingActivitiesImpl(
            ledger -> {
              if (ledger.equals("none")) {
                throw new LedgerNotFoundException(ledger);
              }
              return 7;
            });

    assertThat(looking.look(new LookRequest("main")).entries()).isEqualTo(7);
    assertThat(looking.look(new LookRequest("none")).entries()).isZero();
  }

  private void failsForGood(String type, String why) {
    assertThatThrownBy(() -> sign(2))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(type);
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).contains(why);
            });
  }

  /** As an engine would call it, with a signer that remembers in the test's folder. */
  private SignedCheckpoint sign(long size) {
    TestActivityEnvironment engine = TestActivityEnvironment.newInstance();
    try {
      engine.registerActivitiesImplementations(new SigningActivitiesImpl(_ -> end(size)));
      return engine.newActivityStub(SigningActivities.class).sign(new SignRequest("main"));
    } finally {
      engine.close();
    }
  }

  private SignedEnd end(long size) {
    CheckpointSigner signer =
        CheckpointSigners.fileBacked(
            folder.resolve("test-only-key.pem"), folder.resolve("state"), ORIGIN, (_, _) -> true);
    Checkpoint end = new Checkpoint(ORIGIN, size, root(size));
    return new SignedEnd(
        end,
        signer.sign(end),
        signer.verifierKey(),
        signer.cosignerKey(),
        Optional.empty(),
        List.of("anchor a: gone"));
  }

  private static Sha256 root(long size) {
    return Sha256.of(new byte[] {(byte) size});
  }
}
