package dev.assay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private final AtomicBoolean firstOpen = new AtomicBoolean();
  private final AtomicBoolean secondOpen = new AtomicBoolean();

  @Test
  void open_bothOpen_atTheSameTime() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    SideBySide<AutoCloseable, AutoCloseable> opened =
        SideBySide.open(meeting(both, firstOpen), meeting(both, secondOpen));
    assertThat(firstOpen).isTrue();
    assertThat(secondOpen).isTrue();
    opened.first().close();
    assertThat(firstOpen).isFalse();
    assertThat(secondOpen).isTrue();
  }

  @Test
  void open_firstFails_closesTheSecond() {
    assertThatThrownBy(() -> SideBySide.open(failing("first"), opening(secondOpen)))
        .hasMessage("first");
    assertThat(secondOpen).isFalse();
  }

  @Test
  void open_secondFails_closesTheFirst() {
    assertThatThrownBy(() -> SideBySide.open(opening(firstOpen), failing("second")))
        .hasMessage("second");
    assertThat(firstOpen).isFalse();
  }

  @Test
  void open_bothFail_tellsBoth() {
    assertThatThrownBy(() -> SideBySide.open(failing("first"), failing("second")))
        .hasMessage("first")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .isEqualTo("second"));
  }

  private static Supplier<AutoCloseable> opening(AtomicBoolean open) {
    return () -> {
      open.set(true);
      return () -> open.set(false);
    };
  }

  private static Supplier<AutoCloseable> meeting(CountDownLatch both, AtomicBoolean open) {
    return () -> {
      both.countDown();
      try {
        assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return opening(open).get();
    };
  }

  private static Supplier<AutoCloseable> failing(String message) {
    return () -> {
      throw new IllegalStateException(message);
    };
  }
}
