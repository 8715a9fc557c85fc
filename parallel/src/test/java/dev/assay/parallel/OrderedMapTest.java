package dev.assay.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OrderedMapTest {

  @Property(tries = 100)
  void run_anyItemsAndWorkers_deliversInOrder(
      @ForAll @Size(max = 200) List<@IntRange(max = 200) Integer> micros,
      @ForAll @IntRange(min = 1, max = 8) int workers) {
    List<Integer> delivered = new ArrayList<>();
    OrderedMap.run(
        IntStream.range(0, micros.size()).iterator(),
        workers,
        i -> {
          spin(micros.get(i));
          return i;
        },
        delivered::add);
    assertThat(delivered).isEqualTo(IntStream.range(0, micros.size()).boxed().toList());
  }

  @Test
  void run_firstItemSlow_laterItemsWaitForIt() {
    CountDownLatch othersRan = new CountDownLatch(10);
    List<Integer> delivered = new ArrayList<>();
    OrderedMap.run(
        IntStream.range(0, 11).iterator(),
        2,
        i -> {
          if (i == 0) {
            await(othersRan);
          } else {
            othersRan.countDown();
          }
          return i;
        },
        delivered::add);
    assertThat(delivered).isEqualTo(IntStream.range(0, 11).boxed().toList());
  }

  @Test
  void run_endlessItems_takesNoMoreThanTheWindow() {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger widest = new AtomicInteger();
    AtomicInteger delivered = new AtomicInteger();
    Iterator<Integer> items = IntStream.range(0, 1000).map(i -> counted(taken, i)).iterator();
    OrderedMap.run(
        items,
        4,
        i -> i,
        _ -> widest.accumulateAndGet(taken.get() - delivered.getAndIncrement(), Math::max));
    // one more, because the stream's iterator reads ahead
    assertThat(widest.get()).isLessThanOrEqualTo(33);
    assertThat(delivered.get()).isEqualTo(1000);
  }

  @Test
  void run_workFails_throwsTheFirstFailureInOrderAndDeliversWhatCameBefore() {
    List<Integer> delivered = new ArrayList<>();
    CountDownLatch laterFailed = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                OrderedMap.run(
                    IntStream.range(0, 100).iterator(),
                    2,
                    i -> {
                      if (i == 3) {
                        await(laterFailed);
                        throw new IllegalArgumentException("item 3");
                      }
                      if (i == 4) {
                        laterFailed.countDown();
                        throw new IllegalArgumentException("item 4");
                      }
                      return i;
                    },
                    delivered::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item 3");
    assertThat(delivered).containsExactly(0, 1, 2);
  }

  @Property(tries = 100)
  void run_severalFail_throwsTheFirstInOrderAndDeliversWhatCameBefore(
      @ForAll @IntRange(max = 60) int first, @ForAll @IntRange(min = 1, max = 4) int workers) {
    List<Integer> delivered = new ArrayList<>();
    assertThatThrownBy(
            () ->
                OrderedMap.run(
                    IntStream.range(0, 100).iterator(),
                    workers,
                    i -> {
                      if (i >= first) {
                        throw new IllegalArgumentException("item " + i);
                      }
                      return i;
                    },
                    delivered::add))
        .hasMessage("item " + first);
    assertThat(delivered).isEqualTo(IntStream.range(0, first).boxed().toList());
  }

  @Test
  void run_consumerFails_noTaskOutlivesTheCall() {
    AtomicInteger running = new AtomicInteger();
    assertThatThrownBy(
            () ->
                OrderedMap.run(
                    IntStream.range(0, 100).iterator(),
                    4,
                    i -> {
                      running.incrementAndGet();
                      spin(500);
                      running.decrementAndGet();
                      return i;
                    },
                    _ -> {
                      throw new IllegalStateException("full");
                    }))
        .hasMessage("full");
    assertThat(running.get()).isZero();
  }

  @Test
  void run_interrupted_isCancelledAndKeepsTheFlag() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> OrderedMap.run(IntStream.range(0, 9).iterator(), 2, i -> i, _ -> {}))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static int counted(AtomicInteger taken, int item) {
    taken.incrementAndGet();
    return item;
  }

  private static void spin(long micros) {
    long until = System.nanoTime() + micros * 1000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
