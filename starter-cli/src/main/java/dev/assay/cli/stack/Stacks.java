package dev.assay.cli.stack;

import dev.assay.cli.base.Session;
import dev.assay.cli.base.Settings;
import dev.assay.worker.Stack;
import dev.assay.worker.home.HomeHolder;
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
        Stack.class,
        settings ->
            Stack.openStores(
                settings.home(), "assay " + command, holder -> tell(session, settings, holder)));
  }

  /** The stores with an engine and a worker. */
  public static Stack engine(Session session, String command) throws Exception {
    Stack stack =
        session.service(
            Stack.class,
            settings ->
                Stack.openWithEngine(
                    settings.home(),
                    "assay " + command,
                    holder -> tell(session, settings, holder)));
    sayOnceWhatIsKept(session, stack);
    return stack;
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
