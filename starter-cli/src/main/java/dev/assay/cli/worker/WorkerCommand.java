package dev.assay.cli.worker;

import dev.assay.activities.programs.Isolation;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.ProgramOptions;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.StackSettings;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.engine.WorkerSettings;
import dev.assay.worker.process.ProcessLog;
import dev.assay.worker.process.WorkerProcess;
import dev.assay.worker.process.WorkerRequest;
import dev.assay.worker.storage.DatabaseSettings;
import dev.assay.worker.up.UpState;
import dev.assay.workflows.TaskQueues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay worker}. */
@CommandLine.Command(
    name = "worker",
    description = {
      "Take tasks from a Temporal service until SIGTERM or Ctrl-C; then take no more, let those"
          + " under way end, and exit 0.",
      "",
      "Metrics (Prometheus) are at http://METRICS-ADDRESS/metrics, health at /healthz, readiness at"
          + " /readyz. Logs go to standard error, a JSON object a line."
    },
    footer = {
      "",
      "Example:",
      "  assay worker --address temporal.example:7233 --queues assay,assay-judge"
    })
public final class WorkerCommand implements Command {
  /** What closing takes beside the grace: pools, connections, the interrupted work itself. */
  private static final Duration CLOSING = Duration.ofSeconds(15);

  @Option(
      names = "--queues",
      split = ",",
      paramLabel = "QUEUE",
      defaultValue = TaskQueues.WORK + "," + TaskQueues.JUDGE,
      description =
          "Task queues, with commas between: assay (plan, record, seal), assay-judge (judge runs),"
              + " assay-signer (sign checkpoints; one process alone should) (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> queues = List.of();

  /** With {@code --allow-commands} it also takes assay-commands; not together with the signer. */
  @Mixin private ProgramOptions programs = new ProgramOptions();

  @Option(
      names = "--max-activities",
      paramLabel = "N",
      defaultValue = "100",
      description = "Activities at once, for each queue (default: ${DEFAULT-VALUE}).")
  private int activities = 100;

  @Option(
      names = "--max-workflow-tasks",
      paramLabel = "N",
      defaultValue = "40",
      description = "Workflow tasks at once, at least 2 (default: ${DEFAULT-VALUE}).")
  private int workflowTasks = 40;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long work under way may take to end at shutdown; then it is interrupted, and another"
              + " worker does it again (default: ${DEFAULT-VALUE} s).")
  private int graceSeconds = 10;

  @Option(
      names = "--build-id",
      paramLabel = "ID",
      description =
          "Be version ID of the worker deployment 'assay': it takes tasks once 'temporal worker"
              + " deployment set-current-version' names it (default: unversioned).")
  private @Nullable String buildId;

  @Option(
      names = "--metrics-address",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9464",
      description = "Where metrics and health are; port 0: a free one (default: ${DEFAULT-VALUE}).")
  private String metricsAddress = "";

  @Option(
      names = "--log-format",
      paramLabel = "json|text",
      defaultValue = "json",
      description = "What a line of the log is (default: ${DEFAULT-VALUE}).")
  private String logFormat = "json";

  /** Set by {@code assay up}: stop when standard input ends, say when ready. */
  @Option(
      names = "--supervised",
      hidden = true,
      description = "Be a part of the home's running up.")
  private boolean supervised;

  @Override
  public ExitCode run(Session session) throws Exception {
    Optional<Isolation> isolation = programs.isolation(session.environment());
    WorkerRequest request =
        new WorkerRequest(
            stack(session).withPrograms(isolation),
            settings(isolation.isPresent()),
            metricsAddress());
    ProcessLog.toStandardError(structured());
    try (WorkerProcess worker = WorkerProcess.start(request)) {
      session.endsBySignal(worker::close, Duration.ofSeconds(graceSeconds).plus(CLOSING));
      if (supervised) {
        session.output().item(JsonObject.EMPTY.with("event", "ready"), out -> out.line("ready"));
        session.output().flush();
        awaitEndOfInput();
      } else {
        if (!structured()) { // the log has said so, and each of its lines is an object
          session.output().hint("takes tasks; metrics at http:/" + worker.address());
        }
        Thread.currentThread().join(); // until a signal ends the process
      }
    }
    return ExitCode.YES;
  }

  private StackSettings stack(Session session) {
    Settings settings = session.settings();
    ChosenEngine chosen =
        supervised
            ? new ChosenEngine.Up(
                UpState.find(settings.home())
                    .orElseThrow(() -> new UsageException("--supervised is for 'assay up' alone")))
            : settings.engine().choose(settings.home());
    if (!chosen.workersElsewhere()) {
      throw new UsageException(
          "a worker needs a Temporal service: name one with --address or TEMPORAL_ADDRESS, or start"
              + " 'assay up'");
    }
    return new StackSettings(
        settings.home(),
        chosen,
        DatabaseSettings.from(session.environment()),
        "assay worker",
        _ -> {});
  }

  private List<WorkerSettings> settings(boolean allowCommands) {
    List<String> names = new ArrayList<>(queues);
    if (names.isEmpty()) {
      throw new UsageException(
          "--queues names none: there are " + String.join(", ", TaskQueues.BUILT_IN));
    }
    for (String name : names) {
      if (!TaskQueues.BUILT_IN.contains(name)) {
        throw new UsageException(
            "--queues '%s': there are %s".formatted(name, String.join(", ", TaskQueues.BUILT_IN)));
      }
    }
    if (allowCommands && names.contains(TaskQueues.SIGNER)) {
      throw new UsageException(
          "--allow-commands and assay-signer: a process that runs users' programs never holds a key that signs checkpoints; start two workers");
    }
    if (allowCommands) {
      names.add(TaskQueues.COMMANDS);
    }
    if (workflowTasks < 2 || activities < 1 || graceSeconds < 0) {
      throw new UsageException(
          "--max-workflow-tasks is at least 2, --max-activities at least 1, --grace at least 0");
    }
    return names.stream().distinct().map(this::settings).toList();
  }

  private WorkerSettings settings(String queue) {
    WorkerSettings settings =
        WorkerSettings.of(queue)
            .withSlots(workflowTasks, activities)
            .withGrace(Duration.ofSeconds(graceSeconds));
    return buildId == null ? settings : settings.withBuildId(buildId);
  }

  private boolean structured() {
    return switch (logFormat) {
      case "json" -> true;
      case "text" -> false;
      default -> throw new UsageException("--log-format %s: json or text".formatted(logFormat));
    };
  }

  private InetSocketAddress metricsAddress() {
    int colon = metricsAddress.lastIndexOf(':');
    String port = metricsAddress.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new UsageException(
          "--metrics-address %s: expected HOST:PORT".formatted(metricsAddress));
    }
    try {
      return new InetSocketAddress(
          InetAddress.getByName(metricsAddress.substring(0, colon)), Integer.parseInt(port));
    } catch (IOException e) {
      throw new UsageException(
          "--metrics-address %s: %s".formatted(metricsAddress, e.getMessage()));
    }
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // nothing is said to it
    }
  }
}
