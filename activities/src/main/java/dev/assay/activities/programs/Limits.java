package dev.assay.activities.programs;

import java.time.Duration;

/**
 * How much a program may use.
 *
 * @param wall from start to end
 * @param cpu of each process; rounded up to seconds
 * @param outputBytes of standard output and error together
 * @param memoryBytes resident, of all its processes together; looked at twenty times a second
 * @param addressBytes address space of each process, which the kernel bounds
 * @param processes processes and threads at once
 * @param directoryBytes all that its directory holds, and its largest file
 * @param files files and folders in its directory
 * @param openFiles of each process
 */
public record Limits(
    Duration wall,
    Duration cpu,
    long outputBytes,
    long memoryBytes,
    long addressBytes,
    int processes,
    long directoryBytes,
    int files,
    int openFiles) {
  private static final long MIB = 1 << 20;

  /** What a check gets that says nothing: a minute, 1 MiB of output, 512 MiB of memory. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          MIB,
          512 * MIB,
          512 * MIB,
          32,
          64 * MIB,
          1_000,
          64);

  public Limits {
    positive("wall", wall.toMillis());
    positive("cpu", cpu.toMillis());
    positive("outputBytes", outputBytes);
    positive("memoryBytes", memoryBytes);
    positive("addressBytes", addressBytes);
    positive("processes", processes);
    positive("directoryBytes", directoryBytes);
    positive("files", files);
    positive("openFiles", openFiles);
    if (outputBytes > 64 * MIB) {
      throw new IllegalArgumentException(
          "a program's output is kept in memory, up to 64 MiB; got a limit of %d bytes"
              .formatted(outputBytes));
    }
  }

  public Limits wall(Duration changed) {
    return new Limits(
        changed,
        cpu,
        outputBytes,
        memoryBytes,
        addressBytes,
        processes,
        directoryBytes,
        files,
        openFiles);
  }

  public Limits cpu(Duration changed) {
    return new Limits(
        wall,
        changed,
        outputBytes,
        memoryBytes,
        addressBytes,
        processes,
        directoryBytes,
        files,
        openFiles);
  }

  public Limits output(long bytes) {
    return new Limits(
        wall, cpu, bytes, memoryBytes, addressBytes, processes, directoryBytes, files, openFiles);
  }

  /** The memory of all processes together, and the address space of each. */
  public Limits memory(long bytes, long addresses) {
    return new Limits(
        wall, cpu, outputBytes, bytes, addresses, processes, directoryBytes, files, openFiles);
  }

  public Limits processes(int count) {
    return new Limits(
        wall, cpu, outputBytes, memoryBytes, addressBytes, count, directoryBytes, files, openFiles);
  }

  public Limits directory(long bytes, int count) {
    return new Limits(
        wall, cpu, outputBytes, memoryBytes, addressBytes, processes, bytes, count, openFiles);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "%s of a program is above 0, got %d; there is no unlimited".formatted(name, value));
    }
  }
}
