package dev.assay.integration;

import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.RecordingActivities.RecordRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is done to one validation, and in which order its work got done. Safe for many threads. */
final class Schedule {
  /** A work that failed this often is left alone, so that every validation ends. */
  private static final int MAX_ATTEMPT = 3;

  private static final int MAX_DELAY_MILLIS = 12;

  private final int number;
  private final int parallelism;
  private final int shardSize;
  private final Random random; // guarded by this
  private final List<String> order = new ArrayList<>(); // guarded by this
  private int faults; // guarded by this

  Schedule(int number, int parallelism, int shardSize, long seed) {
    this.number = number;
    this.parallelism = parallelism;
    this.shardSize = shardSize;
    this.random = new Random(seed * 1_000_003 + number);
  }

  /** What happens to one attempt. */
  enum Fault {
    NONE,
    /** It fails before it has done anything. */
    FAILED,
    /** It does its work; whoever asked never hears of it. */
    REPLY_LOST
  }

  int parallelism() {
    return parallelism;
  }

  int shardSize() {
    return shardSize;
  }

  /** The id that the validation is started under. */
  String id() {
    return "schedule-" + number;
  }

  String workflowId() {
    return "validate/%s#1".formatted(id());
  }

  /** One attempt in six fails, one in six loses its reply. */
  synchronized Fault next(int attempt) {
    int dice = attempt > MAX_ATTEMPT ? 5 : random.nextInt(6);
    Fault fault = dice == 0 ? Fault.FAILED : dice == 1 ? Fault.REPLY_LOST : Fault.NONE;
    faults += fault == Fault.NONE ? 0 : 1;
    return fault;
  }

  /** How long something takes longer than it would, in milliseconds. */
  synchronized int delay() {
    return random.nextInt(4) == 0 ? 0 : random.nextInt(MAX_DELAY_MILLIS);
  }

  /** Notes work that is done, whether or not its reply will arrive. */
  synchronized void done(String activity, Object request) {
    order.add(
        switch (request) {
          case ShardRequest shard -> "judge " + shard.from();
          case RecordRequest record -> "record " + record.shard().shard().from();
          default -> activity;
        });
  }

  /** The order in which work got done; work that was repeated stands in it twice. */
  synchronized String order() {
    return shardSize + ": " + String.join(", ", order);
  }

  synchronized int faults() {
    return faults;
  }

  @Override
  public String toString() {
    return "schedule %d (--parallel %d --shard-size %d)".formatted(number, parallelism, shardSize);
  }
}
