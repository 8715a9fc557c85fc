package dev.assay.cli.doctor;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Invocation;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.postgres.PostgresException;
import dev.assay.worker.Stack;
import dev.assay.worker.cases.LostCases;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineException;
import dev.assay.worker.home.HomeException;
import dev.assay.worker.storage.StorageException;
import dev.assay.worker.up.KilledUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;

/** {@code assay doctor}. */
@CommandLine.Command(
    name = "doctor",
    description = {
      "Look at everything that commands need (Java, home, Temporal, database, ledger, workers, cases), and"
          + " say what to do about what is wrong. Changes nothing.",
      "",
      "Exit 0 if commands can work, 5 if something they need is missing, 4 if the ledger contradicts"
          + " what was signed."
    },
    footer = {"", "Example:", "  assay doctor"})
public final class DoctorCommand implements Command {
  @Override
  public ExitCode run(Session session) {
    List<Checkup> found = new ArrayList<>();
    Path home = session.settings().home();
    found.add(MachineCheckups.java());
    found.add(MachineCheckups.temporal(session.environment()));
    if (Files.isDirectory(home)) {
      found.add(MachineCheckups.home(home));
      found.add(MachineCheckups.disk(home));
      found.addAll(servers(session));
    } else {
      found.add(
          Checkup.warn(
              "home", "there is none at " + home, "'assay validate' or 'assay up' makes it"));
    }
    show(session, found);
    return found.stream()
        .map(Checkup::state)
        .max(Comparator.naturalOrder())
        .orElse(Checkup.State.OK)
        .exit();
  }

  /** One that isn't there keeps the doctor from asking the rest, not from saying so. */
  private static List<Checkup> servers(Session session) {
    List<Checkup> found = new ArrayList<>();
    try {
      Stack stack = Stacks.reading(session, "doctor");
      found.addAll(new RecordCheckups(stack, session.settings().ledger()).all());
      if (stack.chosen().workersElsewhere()) {
        Engine engine = stack.remoteEngine().engine();
        found.addAll(EngineCheckups.of(engine, session.settings()));
        found.add(cases(stack, engine, session.settings()));
      } else {
        found.add(engineInCommands(stack));
      }
    } catch (EngineException e) {
      found.add(
          Checkup.fail(
              "engine", String.valueOf(e.getMessage()), "'assay up', or correct TEMPORAL_*"));
    } catch (StorageException | PostgresException e) {
      found.add(Checkup.fail("database", String.valueOf(e.getMessage()), "see logs in the home"));
    } catch (HomeException e) {
      found.add(
          Checkup.fail(
              "database",
              "not looked at, nor ledger and engine: " + e.getMessage(),
              "mend the home, or name another"));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      found.add(Checkup.fail("home", String.valueOf(e.getMessage()), "use another --home"));
    }
    return List.copyOf(found);
  }

  private static Checkup cases(Stack stack, Engine engine, Settings settings) {
    return CasesCheckup.of(
        LostCases.on(engine, stack.storage().registry().cases(), settings.ledger()),
        Invocation.of("quarantine resume", settings));
  }

  private static Checkup engineInCommands(Stack stack) {
    return KilledUp.in(stack.home())
        .map(
            killed ->
                Checkup.warn(
                    "engine", killed.sentence(), "'assay up' goes on, 'assay down' clears up"))
        .orElseGet(
            () ->
                Checkup.ok(
                    "engine", stack.chosen().mode().written() + ": runs inside each command"));
  }

  private static void show(Session session, List<Checkup> found) {
    session
        .output()
        .document(
            JsonObject.EMPTY.with(
                "checks", new JsonArray(found.stream().<JsonValue>map(Checkup::toJson).toList())),
            out -> {
              Table table = Table.of("CHECK", "STATE", "FOUND");
              for (Checkup checkup : found) {
                table.row(
                    Cell.of(checkup.name()),
                    new Cell(checkup.state().name(), style(checkup.state())),
                    Cell.of(checkup.found()));
                if (!checkup.remedy().isEmpty()) {
                  table.row(Cell.of(""), Cell.of(""), Cell.of("→ " + checkup.remedy()));
                }
              }
              out.table(table);
            });
  }

  private static Style style(Checkup.State state) {
    return switch (state) {
      case OK -> Style.GOOD;
      case WARN -> Style.WARN;
      case FAIL, TAMPERED -> Style.BAD;
    };
  }
}
