package dev.assay.worker.choice;

import dev.assay.worker.engine.EngineMode;
import dev.assay.worker.up.UpState;
import io.temporal.envconfig.ClientConfigProfile;
import java.nio.file.Path;

/** The engine that a command works with. */
public sealed interface ChosenEngine {
  /** In this process. */
  record Embedded() implements ChosenEngine {}

  /**
   * A dev server that this command starts, and stops when it ends.
   *
   * @param program the {@code temporal} program
   */
  record OwnServer(Path program) implements ChosenEngine {}

  /** The dev server and the workers of the {@code up} that runs in this home. */
  record Up(UpState state) implements ChosenEngine {}

  /** A service that others run. */
  record Configured(ClientConfigProfile profile) implements ChosenEngine {
    /** Without keys. */
    @Override
    public String toString() {
      return "Configured[address=%s, namespace=%s]"
          .formatted(profile.getAddress(), profile.getNamespace());
    }
  }

  /** Its mode. */
  default EngineMode mode() {
    return switch (this) {
      case Embedded _ -> EngineMode.EMBEDDED;
      case OwnServer _, Up _ -> EngineMode.LOCAL;
      case Configured _ -> EngineMode.CONFIGURED;
    };
  }

  /**
   * Whether tasks are taken by other processes. If not, this process takes them, signs checkpoints,
   * and must be alone in the home.
   */
  default boolean workersElsewhere() {
    return switch (this) {
      case Embedded _, OwnServer _ -> false;
      case Up _, Configured _ -> true;
    };
  }
}
