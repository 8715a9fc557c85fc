package dev.assay.worker.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptPartTest {
  private final FakePart part = new FakePart();
  private final List<String> told = new ArrayList<>();
  private long nanos;
  private final KeptPart kept = new KeptPart(part, () -> nanos, told::add);

  @Test
  void look_partLives_doesNothing() {
    pass(Duration.ofHours(1));
    assertThat(part.starts).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void look_partDied_startsItAgainSoonAndSaysSo() {
    part.alive = false;
    pass(Duration.ofMillis(100));
    assertThat(part.starts).isZero();
    pass(Duration.ofMillis(200));
    assertThat(part.starts).isEqualTo(1);
    assertThat(told)
        .containsExactly("the part ended; starting it again (part.log)", "the part works again");
  }

  @Test
  void look_partDiesAgainAndAgain_waitsLongerEachTimeUpToTenSeconds() {
    List<Long> pauses = new ArrayList<>();
    for (int death = 0; death < 9; death++) {
      part.alive = false;
      long before = nanos;
      int starts = part.starts;
      while (part.starts == starts) {
        pass(Duration.ofMillis(100));
      }
      pauses.add(Duration.ofNanos(nanos - before).toMillis());
    }
    assertThat(pauses)
        .containsExactly(300L, 500L, 900L, 1_700L, 3_300L, 6_500L, 10_100L, 10_100L, 10_100L);
  }

  @Test
  void look_partLivedForAMinute_isForgiven() {
    for (int death = 0; death < 5; death++) {
      part.alive = false;
      pass(Duration.ofSeconds(11));
      pass(Duration.ofSeconds(11));
    }
    pass(Duration.ofSeconds(61));
    part.alive = false;
    int starts = part.starts;
    pass(Duration.ofMillis(100));
    pass(Duration.ofMillis(200));
    assertThat(part.starts).isEqualTo(starts + 1);
  }

  @Test
  void look_partCannotStart_triesAgainAndSaysWhy() {
    part.alive = false;
    part.broken = true;
    pass(Duration.ofMillis(100));
    pass(Duration.ofMillis(200));
    assertThat(told).last().isEqualTo("the part didn't start: it is broken");
    part.broken = false;
    pass(Duration.ofMillis(500));
    assertThat(told).last().isEqualTo("the part works again");
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    kept.look();
  }

  /** A part that lives and dies as it is told. */
  private static final class FakePart implements Part {
    private boolean alive = true;
    private boolean broken;
    private int starts;

    @Override
    public String name() {
      return "the part";
    }

    @Override
    public void start() {
      if (broken) {
        throw new IllegalStateException("it is broken");
      }
      starts++;
      alive = true;
    }

    @Override
    public boolean alive() {
      return alive;
    }

    @Override
    public String log() {
      return "part.log";
    }

    @Override
    public void stop() {
      alive = false;
    }
  }
}
