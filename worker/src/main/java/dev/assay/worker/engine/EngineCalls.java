package dev.assay.worker.engine;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** Single calls to an engine that may be on its way back: a server that restarts needs seconds. */
public final class EngineCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 100;

  private static final Set<Status.Code> PASSING =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);

  private EngineCalls() {}

  /**
   * The call's answer; repeated while the engine can't be reached, for half a minute at most.
   *
   * @param call safe to repeat
   * @throws StatusRuntimeException what the engine answered, or that it stayed away
   */
  public static <T> T patiently(Supplier<T> call) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        if (!PASSING.contains(e.getStatus().getCode()) || System.nanoTime() - giveUp > 0) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while the engine was away", e);
    }
  }
}
