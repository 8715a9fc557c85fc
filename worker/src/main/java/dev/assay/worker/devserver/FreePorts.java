package dev.assay.worker.devserver;

import dev.assay.worker.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** Ports of 127.0.0.1 that nobody listens on at the moment. */
public final class FreePorts {
  private static final int ANY = 0;

  private FreePorts() {}

  /** Two that the system chooses. */
  public static DevServerSettings.Ports any() {
    return preferring(List.of(), List.of());
  }

  /**
   * Of each the first that is free; one that the system chooses where none is.
   *
   * @param frontend wanted for gRPC, best first; 1 to 65535
   * @param ui wanted for the Web UI, likewise
   */
  public static DevServerSettings.Ports preferring(List<Integer> frontend, List<Integer> ui) {
    // Both are held until both are known, so that they differ.
    try (ServerSocket first = open(frontend);
        ServerSocket second = open(ui)) {
      return new DevServerSettings.Ports(first.getLocalPort(), second.getLocalPort());
    } catch (IOException e) {
      throw new EngineException("no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  private static ServerSocket open(List<Integer> wanted) throws IOException {
    for (int port : wanted) {
      try {
        return open(port);
      } catch (IOException _) {
        // Somebody else's: the next will do.
      }
    }
    return open(ANY);
  }

  private static ServerSocket open(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
