package dev.assay.ledger;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between clients and a PostgreSQL server, reads their protocol (version 3, PostgreSQL's
 * manual, "Message Formats"), and breaks a connection at a statement: before the server gets it, or
 * after the server has executed it and before the client hears of it. Which statements there are is
 * recorded, not listed by hand.
 */
public final class FaultyServer implements AutoCloseable {
  /** Where a connection breaks. */
  public enum Side {
    /** The server never gets the statement. */
    FAILED,
    /** The server executes it; its reply is lost. */
    REPLY_LOST
  }

  /**
   * One statement of a run.
   *
   * @param sql its beginning, blanks merged
   * @param occurrence how many like it came before it
   */
  public record Point(String sql, int occurrence) {}

  private record Fault(Point point, Side side) {}

  private static final int LABEL = 90;
  private static final byte[] FLUSH = {'H', 0, 0, 0, 4};
  private static final long EXECUTION_MILLIS = 10_000;

  private final int realPort;
  private final ServerSocket socket;
  private final AtomicReference<Optional<Fault>> armed = new AtomicReference<>(Optional.empty());
  private final Map<String, Integer> seen = new HashMap<>(); // guarded by itself, with recorded
  private final List<Point> recorded = new ArrayList<>();

  /** Before the server on a port of this machine. */
  public FaultyServer(int realPort) throws IOException {
    this.realPort = realPort;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The port to connect to. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Forgets what came so far, and breaks nothing. */
  public void reset() {
    armed.set(Optional.empty());
    synchronized (seen) {
      seen.clear();
      recorded.clear();
    }
  }

  /** As {@link #reset}, and breaks one connection at a point. */
  public void breakAt(Point point, Side side) {
    reset();
    armed.set(Optional.of(new Fault(point, side)));
  }

  /** Whether the connection was broken since. */
  public boolean hasBroken() {
    return armed.get().isEmpty();
  }

  /** The statements since the last reset, in order. */
  public List<Point> recorded() {
    synchronized (seen) {
      return List.copyOf(recorded);
    }
  }

  private Optional<Side> faultAt(String sql) {
    String label = sql.strip().replaceAll("\\s+", " ");
    label = label.substring(0, Math.min(LABEL, label.length()));
    Point point;
    synchronized (seen) {
      point = new Point(label, seen.merge(label, 1, Integer::sum) - 1);
      recorded.add(point);
    }
    Optional<Fault> fault = armed.get();
    return fault.filter(wanted -> wanted.point().equals(point)).isPresent()
            && armed.compareAndSet(fault, Optional.empty())
        ? fault.map(Fault::side)
        : Optional.empty();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), realPort);
        new Session(client, server).start();
      }
    } catch (IOException _) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private final class Session {
    private final Socket client;
    private final Socket server;
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private boolean copying;

    // Guarded by this: the other direction's thread counts.
    private int executed;
    private int completed;
    private int ready;
    private boolean failed;
    private boolean mute;

    Session(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void start() {
      Thread.ofVirtual().start(() -> run(this::requests));
      Thread.ofVirtual().start(() -> run(this::replies));
    }

    private interface Pump {
      void run() throws IOException, InterruptedException;
    }

    private void run(Pump pump) {
      try {
        pump.run();
      } catch (IOException | InterruptedException _) {
        // one side has gone
      }
      end();
    }

    private void end() {
      for (Closeable side : List.of(client, server)) {
        try {
          side.close();
        } catch (IOException _) {
          // gone already
        }
      }
      synchronized (this) {
        failed = true;
        notifyAll();
      }
    }

    private void requests() throws IOException, InterruptedException {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = server.getOutputStream();
      int length = in.readInt(); // the startup message has no type
      byte[] startup = in.readNBytes(length - 4);
      out.write(ByteBuffer.allocate(4).putInt(length).array());
      out.write(startup);
      while (true) {
        byte type = in.readByte();
        byte[] body = in.readNBytes(in.readInt() - 4);
        Optional<Side> fault = statement((char) type, body).flatMap(FaultyServer.this::faultAt);
        if (fault.filter(side -> side == Side.FAILED).isPresent()) {
          return;
        }
        int readyBefore;
        synchronized (this) {
          readyBefore = ready;
          mute |= fault.isPresent();
          executed += type == 'E' ? 1 : 0;
        }
        out.write(
            ByteBuffer.allocate(5 + body.length)
                .put(type)
                .putInt(body.length + 4)
                .put(body)
                .array());
        if (fault.isPresent()) {
          if (type == 'E') {
            out.write(FLUSH);
          }
          awaitExecution(type, readyBefore);
          return;
        }
      }
    }

    private synchronized void awaitExecution(byte type, int readyBefore)
        throws InterruptedException {
      long giveUp = System.nanoTime() + EXECUTION_MILLIS * 1_000_000;
      while (type != 'd'
          && !failed
          && (type == 'E' ? completed < executed : ready == readyBefore)
          && System.nanoTime() < giveUp) {
        wait(EXECUTION_MILLIS);
      }
    }

    /** The SQL that a message has the server execute. */
    private Optional<String> statement(char type, byte[] body) {
      String[] texts = new String(body, StandardCharsets.UTF_8).split("\0", 3);
      switch (type) {
        case 'P' -> statements.put(texts[0], texts[1]);
        case 'B' -> portals.put(texts[0], statements.getOrDefault(texts[1], "?"));
        default -> {}
      }
      boolean copying = this.copying;
      this.copying = type == 'd';
      return switch (type) {
        case 'E' -> Optional.of(portals.getOrDefault(texts[0], "?"));
        case 'Q' -> Optional.of(texts[0]);
        case 'd' -> copying ? Optional.empty() : Optional.of("copied data"); // the first of many
        case 'c' -> Optional.of("end of copied data");
        default -> Optional.empty();
      };
    }

    private void replies() throws IOException {
      DataInputStream in = new DataInputStream(server.getInputStream());
      OutputStream out = client.getOutputStream();
      while (true) {
        byte type = in.readByte();
        byte[] body = in.readNBytes(in.readInt() - 4);
        synchronized (this) {
          completed += type == 'C' || type == 'I' || type == 's' ? 1 : 0;
          completed = type == 'Z' ? executed : completed; // simple queries complete, too
          ready += type == 'Z' || type == 'G' ? 1 : 0;
          failed |= type == 'E';
          notifyAll();
          if (!mute) {
            out.write(
                ByteBuffer.allocate(5 + body.length)
                    .put(type)
                    .putInt(body.length + 4)
                    .put(body)
                    .array());
          }
        }
      }
    }
  }
}
