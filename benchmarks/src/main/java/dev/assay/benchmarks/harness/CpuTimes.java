package dev.assay.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU time spent so far, from Linux's {@code /proc}: by the machine, and by this process with the
 * children it has waited for. The difference is what others took away from a measurement.
 *
 * @param machine seconds of all cores, idle and waiting excluded
 * @param self seconds of this process
 * @param children seconds of the children that this process has waited for, and of theirs
 * @param atNanos when, by {@link System#nanoTime}
 */
public record CpuTimes(double machine, double self, double children, long atNanos) {
  /** Ticks a second of {@code /proc}'s times: USER_HZ, 100 on every Linux this runs on. */
  private static final double TICKS = 100;

  /** The times now; all zero where there is no {@code /proc}. */
  public static CpuTimes now() {
    try {
      List<String> own = ProcStat.afterName(Path.of("/proc/self/stat"));
      return new CpuTimes(
          machineNow(),
          seconds(own, ProcStat.USER_TIME),
          seconds(own, ProcStat.USER_TIME + 2),
          System.nanoTime());
    } catch (IOException _) {
      return new CpuTimes(0, 0, 0, System.nanoTime());
    }
  }

  /**
   * Cores that others kept busy on average since {@code before}; never below 0.
   *
   * @param ours seconds spent meanwhile by measured processes that aren't our children
   */
  public double othersSince(CpuTimes before, double ours) {
    double others =
        (machine - before.machine) - (self - before.self) - (children - before.children) - ours;
    return Math.max(0, others / ((atNanos - before.atNanos) / 1e9));
  }

  private static double machineNow() throws IOException {
    List<String> cpu =
        List.of(Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1));
    double ticks = 0;
    for (int field : new int[] {1, 2, 3, 6, 7}) { // user nice system irq softirq
      ticks += Double.parseDouble(cpu.get(field));
    }
    return ticks / TICKS;
  }

  /** A user time and the system time that follows it. */
  private static double seconds(List<String> fields, int user) {
    return (Double.parseDouble(fields.get(user)) + Double.parseDouble(fields.get(user + 1)))
        / TICKS;
  }
}
