package dev.assay.activities.programs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that a program is given. It gets a copy. */
@FunctionalInterface
public interface Input {
  InputStream open() throws IOException;

  /** The file's content when the program starts. Links are followed here, by the worker. */
  static Input file(Path file) {
    return () -> Files.newInputStream(file);
  }

  static Input bytes(byte[] bytes) {
    byte[] kept = bytes.clone();
    return () -> new ByteArrayInputStream(kept);
  }

  static Input text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
