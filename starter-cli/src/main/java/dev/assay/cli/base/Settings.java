package dev.assay.cli.base;

import dev.assay.worker.choice.EngineSelection;
import java.nio.file.Path;

/**
 * What the options that every command has came to.
 *
 * @param home where the embedded stack, configuration and keys live; absolute, perhaps not there
 *     yet
 * @param homeNamed whether {@code --home} named it
 * @param engine what is said about the engine, and the environment
 */
public record Settings(
    OutputFormat format,
    boolean progress,
    Path home,
    boolean homeNamed,
    String ledger,
    EngineSelection engine) {

  /** The ledger that is meant where none is named. */
  public static final String DEFAULT_LEDGER = "main";
}
