package dev.assay.worker.up;

import dev.assay.worker.devserver.DevServerSettings.Ports;
import dev.assay.worker.devserver.FreePorts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the dev server of an {@code up} should listen. Bookmarks and waiting clients know the ports
 * of an {@code up} that was killed, so those come before the usual ones.
 *
 * @param frontend for gRPC, 0 for any; empty if the user named none
 * @param ui for the Web UI, likewise
 */
public record WantedPorts(Optional<Integer> frontend, Optional<Integer> ui) {
  /** Usual for gRPC. Source: the Temporal CLI's own default. */
  static final int FRONTEND = 7233;

  /** Usual for the Web UI, likewise. */
  static final int UI = 8233;

  private static final int MAX = 65_535;

  public WantedPorts {
    Stream.concat(frontend.stream(), ui.stream())
        .filter(port -> port < 0 || port > MAX)
        .forEach(
            port -> {
              throw new IllegalArgumentException(
                  "a port is 0 (any) to %d, got %d".formatted(MAX, port));
            });
  }

  /**
   * Ports that are free now: what the user named, else what the killed {@code up} had, else the
   * usual ones; others where those are taken.
   *
   * @param before those of an {@code up} that was killed; its server has ended
   */
  Ports choose(Optional<Ports> before) {
    return FreePorts.preferring(
        candidates(frontend, before.map(Ports::frontend), FRONTEND),
        candidates(ui, before.map(Ports::ui), UI));
  }

  private static List<Integer> candidates(
      Optional<Integer> named, Optional<Integer> before, int usual) {
    Stream<Integer> all =
        named.isPresent() ? named.stream() : Stream.concat(before.stream(), Stream.of(usual));
    // What stood in a file may be anything; 0 asks for none.
    return all.filter(port -> port > 0 && port <= MAX).toList();
  }
}
