package dev.assay.evidence;

import java.io.IOException;
import java.nio.file.Path;

/** How a file is written; tests make it fail. */
@FunctionalInterface
interface FileWrite {
  void write(Path file, byte[] content) throws IOException;
}
