package dev.assay.worker.devserver;

import dev.assay.worker.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1 that nobody listens on at the moment. */
public final class FreePorts {
  private static final int ANY = 0;

  private FreePorts() {}

  /** Two that the system chooses. */
  public static DevServerSettings.Ports any() {
    return preferring(ANY, ANY);
  }

  /** Those wanted where they are free, others where they aren't; 0 wants none. */
  public static DevServerSettings.Ports preferring(int frontend, int ui) {
    // Both are held until both are known, so that they differ.
    try (ServerSocket first = open(frontend);
        ServerSocket second = open(ui)) {
      return new DevServerSettings.Ports(first.getLocalPort(), second.getLocalPort());
    } catch (IOException e) {
      throw new EngineException("no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  private static ServerSocket open(int wanted) throws IOException {
    try {
      return new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      if (wanted == ANY) {
        throw e;
      }
      return new ServerSocket(ANY, 1, InetAddress.getLoopbackAddress());
    }
  }
}
