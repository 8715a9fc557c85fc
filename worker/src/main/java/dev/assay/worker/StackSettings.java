package dev.assay.worker;

import dev.assay.activities.programs.Isolation;
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
 * @param programs how programs that users name are isolated; empty if this process runs none
 */
public record StackSettings(
    Path home,
    ChosenEngine engine,
    DatabaseSettings database,
    String command,
    Consumer<Optional<HomeHolder>> waiting,
    InstantSource clock,
    Optional<Isolation> programs) {

  /** By this machine's time, without users' programs. */
  public StackSettings(
      Path home,
      ChosenEngine engine,
      DatabaseSettings database,
      String command,
      Consumer<Optional<HomeHolder>> waiting) {
    this(home, engine, database, command, waiting, InstantSource.system(), Optional.empty());
  }

  /** The same, of a process that runs users' programs. */
  public StackSettings withPrograms(Optional<Isolation> isolation) {
    return new StackSettings(home, engine, database, command, waiting, clock, isolation);
  }

  /** The same, by another clock. */
  public StackSettings withClock(InstantSource other) {
    return new StackSettings(home, engine, database, command, waiting, other, programs);
  }

  /** A home of which this process has all: engine, worker, signer. */
  public static StackSettings embedded(
      Path home, String command, Consumer<Optional<HomeHolder>> waiting) {
    return new StackSettings(
        home, new ChosenEngine.Embedded(), new DatabaseSettings.Embedded(), command, waiting);
  }
}
