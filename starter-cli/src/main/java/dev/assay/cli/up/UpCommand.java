package dev.assay.cli.up;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Ourselves;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.ProgramOptions;
import dev.assay.worker.up.Up;
import dev.assay.worker.up.UpRequest;
import dev.assay.worker.up.UpState;
import dev.assay.worker.up.WantedPorts;
import dev.assay.workflows.TaskQueues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay up}. */
@CommandLine.Command(
    name = "up",
    description = {
      "Keep an engine running in this home: PostgreSQL, a Temporal dev server with its Web UI, a"
          + " worker and a signer. What dies is started again; workflows go on where they were.",
      "",
      "Other commands on the same home use it. Ctrl-C or 'assay down' ends it; nothing is lost."
    },
    footer = {"", "Example:", "  assay up --detach"})
public final class UpCommand implements Command {
  /** Two workers with a grace of 10 s, a dev server, a database with its last buffers. */
  private static final Duration STOP = Duration.ofSeconds(60);

  @Option(names = "--detach", description = "Return when everything works; 'assay down' ends it.")
  private boolean detach;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "The Temporal service's port on 127.0.0.1, 0 for any; another is taken if it isn't free"
              + " (default: the one that a killed 'assay up' had, else 7233).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--ui-port",
      paramLabel = "N",
      description = "The Web UI's, likewise (default: the one that it had, else 8233).")
  private Optional<Integer> uiPort = Optional.empty();

  @Mixin private ProgramOptions programs = new ProgramOptions();

  @Override
  public ExitCode run(Session session) throws Exception {
    Settings settings = session.settings();
    OwnServerOnly.require(settings, "up");
    WantedPorts wanted = wanted();
    OwnServerOnly.otherAddress(session.environment()).ifPresent(session.output()::hint);
    Optional<UpState> running = UpState.find(settings.home());
    if (running.isPresent()) {
      session.output().hint("it runs already (pid %d)".formatted(running.get().pid()));
      return new StatusReport(session).show();
    }
    programs.isolation(session.environment()); // what can't be done is said here
    Path program = settings.engine().program();
    return detach ? detached(session) : inForeground(session, program, wanted);
  }

  private WantedPorts wanted() {
    try {
      return new WantedPorts(port, uiPort);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--port and --ui-port: " + e.getMessage());
    }
  }

  private ExitCode inForeground(Session session, Path program, WantedPorts wanted)
      throws InterruptedException {
    try (Up up = Up.start(request(session, program, wanted))) {
      session.endsBySignal(up::close, STOP);
      UpText.started(session, up.state());
      up.run();
    }
    return ExitCode.YES;
  }

  private UpRequest request(Session session, Path program, WantedPorts wanted) {
    Path home = session.settings().home();
    return new UpRequest(
        home,
        program,
        wanted,
        worker(home, TaskQueues.WORK + "," + TaskQueues.JUDGE, programs.arguments()),
        worker(home, TaskQueues.SIGNER, List.of()),
        session.output()::hint);
  }

  private static List<String> worker(Path home, String queues, List<String> more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "worker",
                "--supervised",
                "--home",
                home.toString(),
                "--queues",
                queues,
                "--metrics-address",
                "127.0.0.1:0"));
    words.addAll(more);
    return Ourselves.command(words);
  }

  private ExitCode detached(Session session) throws Exception {
    List<String> options = new ArrayList<>(programs.arguments());
    port.ifPresent(named -> options.addAll(List.of("--port", "" + named)));
    uiPort.ifPresent(named -> options.addAll(List.of("--ui-port", "" + named)));
    DetachedUp.start(session, options);
    return new StatusReport(session).show();
  }
}
