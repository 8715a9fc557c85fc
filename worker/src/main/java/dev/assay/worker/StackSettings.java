package dev.assay.worker;

import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.home.HomeHolder;
import dev.assay.worker.storage.DatabaseSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a command opens.
 *
 * @param home the folder; made if it isn't there
 * @param engine which engine it works with
 * @param database which database it works with
 * @param command what waiting processes are told about this one
 * @param waiting told if another process holds the home
 * @param clock the time of what its worker records
 */
public record StackSettings(
    Path home,
    ChosenEngine engine,
    DatabaseSettings database,
    String command,
    Consumer<Optional<HomeHolder>> waiting,
    InstantSource clock) {

  /** By this machine's time. */
  public StackSettings(
      Path home,
      ChosenEngine engine,
      DatabaseSettings database,
      String command,
      Consumer<Optional<HomeHolder>> waiting) {
    this(home, engine, database, command, waiting, InstantSource.system());
  }

  /** A home of which this process has all: engine, worker, signer. */
  public static StackSettings embedded(
      Path home, String command, Consumer<Optional<HomeHolder>> waiting) {
    return new StackSettings(
        home, new ChosenEngine.Embedded(), new DatabaseSettings.Embedded(), command, waiting);
  }
}
