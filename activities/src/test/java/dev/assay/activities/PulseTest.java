package dev.assay.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityInterface;
import io.temporal.testing.TestActivityEnvironment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final List<Integer> told = Collections.synchronizedList(new ArrayList<>());

  @Test
  void beat_shortActivity_tellsNothing() {
    assertThat(beats(0)).isEmpty();
  }

  @Test
  void beat_longActivity_tellsOnceASecond() {
    assertThat(beats(1_100)).containsExactly(50);
  }

  @ActivityInterface
  public interface Beating {
    /** Beats 50 times, waits, and beats 50 times more. */
    void beat(long pauseMillis);
  }

  private List<Integer> beats(long pauseMillis) {
    TestActivityEnvironment engine = TestActivityEnvironment.newInstance();
    try {
      engine.setActivityHeartbeatListener(Integer.class, told::add);
      engine.registerActivitiesImplementations((Beating) PulseTest::beatAndPause);
      engine.newActivityStub(Beating.class).beat(pauseMillis);
      return List.copyOf(told);
    } finally {
      engine.close();
    }
  }

  private static void beatAndPause(long pauseMillis) {
    Pulse pulse = new Pulse();
    for (int at = 0; at < 100; at++) {
      if (at == 50) {
        pause(pauseMillis);
      }
      pulse.beat(at);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
