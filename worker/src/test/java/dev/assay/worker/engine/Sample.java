package dev.assay.worker.engine;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Workflows that only these tests have. */
public final class Sample {
  static final String QUEUE = "sample";

  private Sample() {}

  public record Question(
      String name, Optional<Instant> since, Duration patience, List<Long> numbers) {}

  /** How many bytes to carry where. */
  public record Load(int activityInput, int activityResult, int workflowResult) {}

  @ActivityInterface
  public interface SampleActivities {
    String step(String input);

    Question echo(Question question);

    String produce(String input, int bytes);

    String slow(String input);
  }

  static final class Activities implements SampleActivities {
    /** Open once a slow activity has begun. */
    final CountDownLatch began = new CountDownLatch(1);

    @Override
    public String step(String input) {
      return input;
    }

    @Override
    public Question echo(Question question) {
      return question;
    }

    @Override
    public String produce(String input, int bytes) {
      return "x".repeat(bytes);
    }

    @Override
    public String slow(String input) {
      began.countDown();
      try {
        Thread.sleep(500);
        return input;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static SampleActivities activities() {
    return Workflow.newActivityStub(
        SampleActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(3).build())
            .build());
  }

  /** Ten activities in five layers. */
  @WorkflowInterface
  public interface Layers {
    @WorkflowMethod
    String layers(String id);
  }

  public static final class LayersImpl implements Layers {
    private final SampleActivities activities = activities();

    @Override
    public String layers(String id) {
      String value = id;
      for (int width : new int[] {1, 3, 3, 2, 1}) {
        List<Promise<String>> layer = new ArrayList<>();
        for (int i = 0; i < width; i++) {
          layer.add(Async.function(activities::step, value));
        }
        for (Promise<String> one : layer) {
          value = one.get();
        }
      }
      return value;
    }
  }

  @WorkflowInterface
  public interface Echo {
    @WorkflowMethod
    Question ask(Question question);
  }

  public static final class EchoImpl implements Echo {
    @Override
    public Question ask(Question question) {
      return activities().echo(question);
    }
  }

  @WorkflowInterface
  public interface Slow {
    @WorkflowMethod
    String slow(String input);
  }

  public static final class SlowImpl implements Slow {
    @Override
    public String slow(String input) {
      return activities().slow(input);
    }
  }

  @WorkflowInterface
  public interface Heavy {
    @WorkflowMethod
    String carry(Load load);
  }

  public static final class HeavyImpl implements Heavy {
    @Override
    public String carry(Load load) {
      activities().produce("x".repeat(load.activityInput()), load.activityResult());
      return "x".repeat(load.workflowResult());
    }
  }

  /** Runs until it is told to end. */
  @WorkflowInterface
  public interface Desk {
    @WorkflowMethod
    int open();

    @UpdateMethod
    int file(int number);

    @SignalMethod
    void release();

    @SignalMethod
    void note(String text);

    @SignalMethod
    void end();

    @QueryMethod
    int filed();
  }

  public static final class DeskImpl implements Desk {
    private int filed;
    private boolean released;
    private boolean ended;

    @Override
    public int open() {
      Workflow.await(() -> ended && Workflow.isEveryHandlerFinished());
      return filed;
    }

    @Override
    public int file(int number) {
      Workflow.await(() -> released);
      filed++;
      return number;
    }

    @Override
    public void release() {
      released = true;
    }

    @Override
    public void note(String text) {}

    @Override
    public void end() {
      ended = true;
    }

    @Override
    public int filed() {
      return filed;
    }
  }

  static WorkerHost worker(Engine engine) {
    return worker(engine, new Activities());
  }

  static WorkerHost worker(Engine engine, Activities activities) {
    return WorkerHost.start(
        engine,
        List.of(
            new QueueWork(
                WorkerSettings.of(QUEUE),
                List.of(
                    LayersImpl.class,
                    EchoImpl.class,
                    SlowImpl.class,
                    HeavyImpl.class,
                    DeskImpl.class),
                List.of(activities))));
  }
}
