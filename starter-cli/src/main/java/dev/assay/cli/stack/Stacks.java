package dev.assay.cli.stack;

import dev.assay.activities.programs.Isolation;
import dev.assay.cli.base.NothingThereException;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Settings;
import dev.assay.worker.Stack;
import dev.assay.worker.StackSettings;
import dev.assay.worker.cases.DueCases;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.engine.EngineMode;
import dev.assay.worker.home.HomeHolder;
import dev.assay.worker.storage.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the stack of the session's home; the session closes it. */
public final class Stacks {
  private Stacks() {}

  /** The stores, without an engine. */
  public static Stack stores(Session session, String command) throws Exception {
    return session.service(
        Stack.class, settings -> Stack.openStores(stackSettings(session, settings, command)));
  }

  /**
   * The stores, without an engine, for a command that only reads.
   *
   * @throws NothingThereException if there is no home, which is not for a reader to make: its name
   *     may be mistyped
   */
  public static Stack reading(Session session, String command) throws Exception {
    requireHome(session);
    return session.service(
        Stack.class, settings -> Stack.openToRead(stackSettings(session, settings, command)));
  }

  /** As {@link #reading}, for a command that stays and looks on while others work in the home. */
  public static Stack watching(Session session, String command) throws Exception {
    requireHome(session);
    return session.service(
        Stack.class, settings -> Stack.openToWatch(stackSettings(session, settings, command)));
  }

  /** The stores of a home that must be there, without an engine, to write to them. */
  public static Stack mending(Session session, String command) throws Exception {
    requireHome(session);
    return stores(session, command);
  }

  /**
   * That there is a home; an external database needs none.
   *
   * @throws NothingThereException if there isn't
   */
  public static void requireHome(Session session) {
    Path home = session.settings().home();
    if (!Files.isDirectory(home)
        && DatabaseSettings.from(session.environment()) instanceof DatabaseSettings.Embedded) {
      throw new NothingThereException(
          "there is no home at %s; 'assay validate' or 'assay up' makes one".formatted(home));
    }
  }

  /** The stores with an engine, and with a worker unless others take the tasks. */
  public static Stack engine(Session session, String command) throws Exception {
    return engine(session, command, ProgramOptions.of(session.environment()));
  }

  /**
   * As {@link #engine(Session, String)}.
   *
   * @param programs how a worker in this process isolates users' programs; empty if it runs none
   */
  public static Stack engine(Session session, String command, Optional<Isolation> programs)
      throws Exception {
    Stack stack =
        session.service(
            Stack.class,
            settings ->
                Stack.openWithEngine(
                    stackSettings(session, settings, command).withPrograms(programs)));
    if (stack.chosen().mode() == EngineMode.EMBEDDED) {
      sayOnceWhatIsKept(session, stack);
      DueCases.settle(
          stack.engine().engine(), stack.storage().registry().cases(), session.settings().ledger());
    }
    return stack;
  }

  private static StackSettings stackSettings(Session session, Settings settings, String command) {
    ChosenEngine chosen = settings.engine().choose(settings.home());
    return new StackSettings(
            settings.home(),
            chosen,
            DatabaseSettings.from(session.environment()),
            "assay " + command,
            holder -> tell(session, settings, holder))
        .withClock(session.clock());
  }

  /** Once a home, not once a command: who has read it knows it. */
  private static void sayOnceWhatIsKept(Session session, Stack stack) throws IOException {
    Path said = stack.home().engine().resolve("embedded-explained");
    if (!Files.exists(said)) {
      session
          .output()
          .hint(
              "this home runs workflows inside each command: their state lives until the command"
                  + " ends, the record in the ledger stays");
      Files.createFile(said);
    }
  }

  private static void tell(Session session, Settings settings, Optional<HomeHolder> holder) {
    session
        .output()
        .hint(
            "waiting for %s, which works in %s"
                .formatted(
                    holder.map(HomeHolder::toString).orElse("another process"), settings.home()));
  }
}
