package dev.assay.activities.programs;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Reads both of a program's streams to their ends, keeps as much as the limit allows. */
final class BoundedOutput {
  private final AtomicLong left;
  private final Stream stdout;
  private final Stream stderr;

  BoundedOutput(Process process, long limit) {
    left = new AtomicLong(limit);
    stdout = new Stream(process.getInputStream());
    stderr = new Stream(process.getErrorStream());
  }

  /** Whether more came than is kept. */
  boolean overflowed() {
    return left.get() < 0;
  }

  /** Waits until both have ended, which they do when the last process has. */
  void await() throws InterruptedException {
    stdout.reader.join();
    stderr.reader.join();
  }

  ByteString stdout() {
    return ByteString.copyFrom(stdout.kept.toByteArray());
  }

  ByteString stderr() {
    return ByteString.copyFrom(stderr.kept.toByteArray());
  }

  private final class Stream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;

    Stream(InputStream in) {
      reader = Thread.ofPlatform().daemon().name("program-output").start(() -> drain(in));
    }

    private void drain(InputStream in) {
      byte[] buffer = new byte[8192];
      try (in) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          long room = left.getAndAdd(-read);
          if (room > 0) {
            kept.write(buffer, 0, (int) Math.min(room, read));
          }
        }
      } catch (IOException e) {
        // the pipe of a killed process: what came until then is kept
      }
    }
  }
}
