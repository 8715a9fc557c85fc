package dev.assay.activities;

import io.temporal.activity.Activity;

/**
 * An activity's signs of life, from its own thread. The engine is told at most once a second, and
 * nothing of an activity that is over sooner: each message is a call.
 */
public final class Pulse {
  private static final long SILENCE_NANOS = 1_000_000_000;

  private long told = System.nanoTime();

  /**
   * Says that it is at it.
   *
   * @param at how far it is; kept with the activity's last heartbeat
   * @throws io.temporal.client.ActivityCompletionException if nobody waits for it any more
   */
  public void beat(Object at) {
    long now = System.nanoTime();
    if (now - told >= SILENCE_NANOS) {
      told = now;
      Activity.getExecutionContext().heartbeat(at);
    }
  }
}
