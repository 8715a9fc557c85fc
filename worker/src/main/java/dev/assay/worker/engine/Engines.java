package dev.assay.worker.engine;

/** Starts or reaches engines. */
public final class Engines {
  private Engines() {}

  /**
   * Returns when the engine takes calls.
   *
   * @throws EngineException if it can't be started or reached
   */
  public static Engine start(EngineSettings settings) {
    return switch (settings) {
      case EngineSettings.Embedded embedded -> EmbeddedEngine.start(embedded, LimitValues.SERVER);
      case EngineSettings.Connected connected -> ConnectedEngine.start(connected);
    };
  }
}
