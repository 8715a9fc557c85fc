package dev.assay.cli;

import dev.assay.activities.trust.TrustBrokenException;
import dev.assay.activities.trust.TrustRefusedException;
import dev.assay.activities.trust.TrustUnpinnedException;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.NothingThereException;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.UnavailableException;
import dev.assay.cli.base.UsageException;
import dev.assay.connectors.SourceException;
import dev.assay.connectors.mlflow.rest.ServerRefusalException;
import dev.assay.connectors.mlflow.rest.ServerUnavailableException;
import dev.assay.evidence.AnchorException;
import dev.assay.evidence.CheckpointContradictedException;
import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.evidence.EnvelopeException;
import dev.assay.evidence.KeyFileException;
import dev.assay.evidence.SignerStateException;
import dev.assay.ledger.EntryTooLargeException;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.LedgerBusyException;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.model.cases.CaseRecordException;
import dev.assay.model.document.DocumentException;
import dev.assay.model.json.JsonException;
import dev.assay.model.statement.StatementException;
import dev.assay.postgres.PostgresException;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.InputsDifferException;
import dev.assay.registry.RegistryUnavailableException;
import dev.assay.registry.UnstorableException;
import dev.assay.worker.choice.EngineChoiceException;
import dev.assay.worker.engine.EngineException;
import dev.assay.worker.home.HomeException;
import dev.assay.worker.keys.KeyNameException;
import dev.assay.worker.storage.DatabaseSettingsException;
import dev.assay.worker.storage.LedgerContradictedException;
import dev.assay.worker.storage.Storage;
import dev.assay.worker.storage.StorageException;
import dev.assay.worker.validations.ValidationFailedException;
import dev.assay.worker.validations.ValidationTamperedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Which exception means which exit. A type that isn't known here is a bug of assay. */
final class Failures {
  private Failures() {}

  static Failure of(Throwable thrown, Settings settings) {
    String message = String.valueOf(thrown.getMessage());
    return switch (thrown) {
      case UsageException _,
          JsonException _,
          DocumentException _,
          EnvelopeException _,
          StatementException _,
          SourceException _,
          EngineChoiceException _,
          DatabaseSettingsException _,
          ServerRefusalException _,
          InputsDifferException _,
          KeyFileException _,
          KeyNameException _,
          AnchorException _,
          IdempotencyConflictException _,
          EntryTooLargeException _,
          UnstorableException _ ->
          new Failure(ExitCode.USAGE, message);
      case LedgerNotFoundException _ -> noLedger(settings);
      case TrustRefusedException _ -> new Failure(ExitCode.NO, message);
      case NothingThereException _, TrustUnpinnedException _ ->
          new Failure(ExitCode.NO_ANSWER, message);
      case CheckpointRefusedException _,
          CheckpointContradictedException _,
          EvidenceDamagedException _,
          LedgerDamagedException _,
          CaseRecordException _,
          TrustBrokenException _,
          ValidationTamperedException _,
          LedgerContradictedException _ ->
          new Failure(ExitCode.TAMPERED, message);
      case NoSuchFileException e ->
          new Failure(ExitCode.USAGE, "%s: no such file or folder".formatted(e.getFile()));
      case AccessDeniedException e ->
          new Failure(ExitCode.USAGE, "%s: permission denied".formatted(e.getFile()));
      case FileNotFoundException _ -> new Failure(ExitCode.USAGE, message);
      case FileAlreadyExistsException e ->
          new Failure(ExitCode.USAGE, "%s: is in the way; name another".formatted(e.getFile()));
      case NotDirectoryException e ->
          new Failure(ExitCode.USAGE, "%s: is no folder; name one".formatted(e.getFile()));
      case IOException e
          when message.endsWith("Is a directory") || message.endsWith("Not a directory") ->
          new Failure(
              ExitCode.USAGE,
              "%s: a folder where a file should be, or the other way round; name the right one"
                  .formatted(
                      e instanceof FileSystemException file
                          ? file.getFile()
                          : "one of the files named"));
      case UnavailableException _,
          ServerUnavailableException _,
          HomeException _,
          EngineException _,
          PostgresException _,
          StorageException _,
          LedgerUnavailableException _,
          LedgerBusyException _,
          RegistryUnavailableException _,
          SignerStateException _,
          ValidationFailedException _ ->
          new Failure(ExitCode.UNAVAILABLE, message);
      case InterruptedException _ -> new Failure(ExitCode.INTERRUPTED, "interrupted");
      default -> bug(thrown, settings);
    };
  }

  /** One that was signed isn't just not made yet. */
  private static Failure noLedger(Settings settings) {
    try {
      Storage.requireNeverSigned(settings.home().resolve("keys"), settings.ledger());
    } catch (LedgerContradictedException | StorageException | SignerStateException e) {
      return of(e, settings);
    }
    return new Failure(
        ExitCode.NO_ANSWER,
        "there is no ledger %s in %s yet; 'assay validate' makes it"
            .formatted(settings.ledger(), settings.home()));
  }

  private static Failure bug(Throwable thrown, Settings settings) {
    return new Failure(
        ExitCode.BUG,
        "a bug in assay: %s%n%s".formatted(thrown, CrashLog.write(settings.home(), thrown)));
  }
}
