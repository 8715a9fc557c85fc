package dev.assay.cli.up;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Ourselves;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.UsageException;
import dev.assay.worker.devserver.DevServerSettings.Ports;
import dev.assay.worker.up.Up;
import dev.assay.worker.up.UpRequest;
import dev.assay.worker.up.UpState;
import dev.assay.workflows.TaskQueues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
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
  private static final int FRONTEND = 7233;
  private static final int UI = 8233;

  /** Two workers with a grace of 10 s, a dev server, a database with its last buffers. */
  private static final Duration STOP = Duration.ofSeconds(60);

  @Option(names = "--detach", description = "Return when everything works; 'assay down' ends it.")
  private boolean detach;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + FRONTEND,
      description =
          "The Temporal service's port on 127.0.0.1; another is taken if it isn't free (default:"
              + " ${DEFAULT-VALUE}).")
  private int port = FRONTEND;

  @Option(
      names = "--ui-port",
      paramLabel = "N",
      defaultValue = "" + UI,
      description = "The Web UI's, likewise (default: ${DEFAULT-VALUE}).")
  private int uiPort = UI;

  @Override
  public ExitCode run(Session session) throws Exception {
    Settings settings = session.settings();
    OwnServerOnly.require(settings, "up");
    requirePorts();
    OwnServerOnly.otherAddress(session.environment()).ifPresent(session.output()::hint);
    Optional<UpState> running = UpState.find(settings.home());
    if (running.isPresent()) {
      session.output().hint("it runs already (pid %d)".formatted(running.get().pid()));
      return new StatusReport(session).show();
    }
    Path program = settings.engine().program();
    return detach ? detached(session) : inForeground(session, program);
  }

  private void requirePorts() {
    if (port < 0 || port > 65_535 || uiPort < 0 || uiPort > 65_535) {
      throw new UsageException("--port and --ui-port are 0 (any) to 65535");
    }
  }

  private ExitCode inForeground(Session session, Path program) throws InterruptedException {
    try (Up up = Up.start(request(session, program))) {
      session.endsBySignal(up::close, STOP);
      UpText.started(session, up.state());
      up.run();
    }
    return ExitCode.YES;
  }

  private UpRequest request(Session session, Path program) {
    Path home = session.settings().home();
    return new UpRequest(
        home,
        program,
        new Ports(port, uiPort),
        worker(home, TaskQueues.WORK + "," + TaskQueues.JUDGE),
        worker(home, TaskQueues.SIGNER),
        session.output()::hint);
  }

  private static List<String> worker(Path home, String queues) {
    return Ourselves.command(
        List.of(
            "worker",
            "--supervised",
            "--home",
            home.toString(),
            "--queues",
            queues,
            "--metrics-address",
            "127.0.0.1:0"));
  }

  private ExitCode detached(Session session) throws Exception {
    DetachedUp.start(session, List.of("--port", "" + port, "--ui-port", "" + uiPort));
    return new StatusReport(session).show();
  }
}
