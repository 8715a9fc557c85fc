package dev.assay.cli.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.choice.EngineSelection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final List<String> events = new ArrayList<>();
  private final Interrupts interrupts = Interrupts.none();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Session session =
      new Session(
          new Settings(
              OutputFormat.TEXT, true, Path.of("home"), true, "main", EngineSelection.EMBEDDED),
          Map.of(),
          new Terminal(
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              false,
              false),
          interrupts,
          InstantSource.system());

  private record Database(List<String> events) implements AutoCloseable {
    @Override
    public void close() {
      events.add("database closed");
    }
  }

  private record Engine(List<String> events) implements AutoCloseable {
    @Override
    public void close() {
      events.add("engine closed");
      throw new IllegalStateException("engine hangs");
    }
  }

  private Database database() throws Exception {
    return session.service(
        Database.class,
        _ -> {
          events.add("database opened");
          return new Database(events);
        });
  }

  private Engine engine() throws Exception {
    return session.service(Engine.class, _ -> new Engine(events));
  }

  @Test
  void service_askedTwice_isOpenedOnce() throws Exception {
    assertThat(database()).isSameAs(database());
    assertThat(events).containsExactly("database opened");
  }

  @Test
  void close_lastOpened_isClosedFirstAndAFailureKeepsNoneOpen() throws Exception {
    database();
    engine();

    assertThatThrownBy(session::close).hasMessage("engine hangs");
    assertThat(events).containsExactly("database opened", "engine closed", "database closed");
  }

  @Test
  void close_twice_closesOnce() throws Exception {
    database();
    session.close();
    session.close();

    assertThat(events).containsExactly("database opened", "database closed");
  }

  @Test
  void interrupted_command_saysWhatGoesOnThenCloses() throws Exception {
    database();
    session.atInterrupt("validate/x#1 goes on");
    interrupts.interrupted();

    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("assay: validate/x#1 goes on\n");
    assertThat(events).containsExactly("database opened", "database closed");
  }

  @Test
  void interrupted_afterTheCommand_findsNothingToDo() throws Exception {
    database();
    interrupts.over();
    interrupts.interrupted();

    assertThat(events).containsExactly("database opened");
  }
}
