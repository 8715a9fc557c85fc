package dev.assay.worker.up;

/** Something that {@code up} keeps alive. Used by one thread. */
interface Part {
  /** For people, with its article: {@code the worker}. */
  String name();

  /**
   * Starts it, the first time or again; returns when it works.
   *
   * @throws RuntimeException with a message for people if it doesn't
   */
  void start();

  /** Whether its process is there. */
  boolean alive();

  /** Where its last words are. */
  String log();

  /** Ends it, gently if it can be. */
  void stop();
}
