package dev.assay.activities.programs;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run of one program, by one thread. */
final class Execution {
  private static final int LOOK_MILLIS = 50;

  private final ProcessBuilder command;
  private final Limits limits;
  private final Room room;
  private final Set<Protection> protections;

  Execution(ProcessBuilder command, Limits limits, Room room, Set<Protection> protections) {
    this.command = command;
    this.limits = limits;
    this.room = room;
    this.protections = protections;
  }

  /** Interrupted, it ends the program first. */
  ProgramResult run() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process = command.start();
    Family family = new Family(process);
    BoundedOutput output = new BoundedOutput(process, limits.outputBytes());
    Optional<Ending> stopped;
    try {
      stopped = watch(process, family, output, begin);
      if (stopped.isPresent()) {
        family.kill();
      }
      output.await();
    } catch (InterruptedException e) {
      family.kill();
      throw e;
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - begin);
    if (output.overflowed()) {
      stopped = Optional.of(new Ending.TooMuchOutput(limits.outputBytes()));
    }
    Ending ending = stopped.isPresent() ? stopped.get() : ending(process, output.stderr());
    return new ProgramResult(ending, output.stdout(), output.stderr(), wall, protections);
  }

  /** Empty when it ended by itself. */
  private Optional<Ending> watch(Process process, Family family, BoundedOutput output, long begin)
      throws InterruptedException {
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (output.overflowed()) {
        return Optional.of(new Ending.TooMuchOutput(limits.outputBytes()));
      }
      if (System.nanoTime() - begin > limits.wall().toNanos()) {
        return Optional.of(new Ending.TimedOut(limits.wall()));
      }
      long used = family.residentBytes();
      if (used > limits.memoryBytes()) {
        return Optional.of(new Ending.OutOfMemory(used, limits.memoryBytes()));
      }
    }
    return Optional.empty();
  }

  private Ending ending(Process process, ByteString stderr) throws IOException {
    List<String> state = room.state();
    if (state.contains("missing")) {
      return new Ending.CouldNotStart(
          "there is no such program where programs are looked for. Give its absolute path below"
              + " /usr or a readable folder of the worker, or of an input (inputs/…)");
    }
    if (!state.contains("started")) {
      return new Ending.CouldNotStart(
          ("this machine didn't give the isolation that programs need (exit %d: %s)."
                  + " It takes util-linux 2.38 or newer and user namespaces for the worker's"
                  + " account; docs/programs.md says how to allow them, also in containers")
              .formatted(process.exitValue(), stderr.toStringUtf8().strip()));
    }
    int code = process.exitValue();
    return code > 128 && code < 128 + 65 ? new Ending.Killed(code - 128) : new Ending.Exited(code);
  }
}
