package dev.assay.worker.process;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import dev.assay.worker.Stack;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.WorkerSettings;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that takes tasks until it is closed. */
public final class WorkerProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** How often the SDK's counts reach the registry. */
  private static final double REPORT_SECONDS = 1;

  private static final Duration PROBE = Duration.ofSeconds(2);

  private final Stack stack;
  private final PrometheusMeterRegistry metrics;
  private final JvmGcMetrics collections;
  private final HealthServer health;

  private WorkerProcess(
      Stack stack, PrometheusMeterRegistry metrics, JvmGcMetrics collections, HealthServer health) {
    this.stack = stack;
    this.metrics = metrics;
    this.collections = collections;
    this.health = health;
  }

  /** Returns when it takes tasks. */
  public static WorkerProcess start(WorkerRequest request) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(metrics);
    new JvmMemoryMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    Scope scope =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(metrics))
            .reportEvery(com.uber.m3.util.Duration.ofSeconds(REPORT_SECONDS));
    Stack stack = Stack.openForWork(request.stack(), request.queues(), scope);
    try {
      HealthServer health = HealthServer.start(request.metrics(), metrics, () -> readiness(stack));
      LOG.info(
          "takes tasks of {}; metrics at {}",
          request.queues().stream().map(WorkerSettings::taskQueue).toList(),
          health.address());
      if (request.signs()) {
        LOG.info(
            "signs shard results as {}; recording workers with other homes need it in keys/trusted-results",
            stack.storage().resultSigner().verifierKey());
      }
      return new WorkerProcess(stack, metrics, collections, health);
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private static Readiness readiness(Stack stack) {
    List<String> missing = new ArrayList<>();
    stack
        .storage()
        .trouble(PROBE)
        .ifPresent(why -> missing.add("the database doesn't answer: " + why));
    Engine engine = stack.engine().engine();
    try {
      engine
          .stubs()
          .blockingStub()
          .withDeadlineAfter(PROBE.toMillis(), TimeUnit.MILLISECONDS)
          .describeNamespace(
              DescribeNamespaceRequest.newBuilder().setNamespace(engine.namespace()).build());
    } catch (StatusRuntimeException e) {
      missing.add("the engine doesn't answer: " + e.getStatus().getCode());
    }
    return new Readiness(missing);
  }

  /** Where metrics and health are. */
  public InetSocketAddress address() {
    return health.address();
  }

  /** Takes no more tasks; work under way ends, or is interrupted after its grace. */
  @Override
  public void close() {
    LOG.info("takes no more tasks; waiting for those under way");
    try (health) {
      stack.close();
    } finally {
      collections.close();
      metrics.close();
      LOG.info("ended");
    }
  }
}
