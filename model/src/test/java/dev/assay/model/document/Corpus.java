package dev.assay.model.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Documents kept as test resources. Beside each bad one stands NAME.expected: a line for each
 * problem, as it begins after the file's name, or anywhere in it if the line names no place.
 */
public final class Corpus {
  private static final Path ROOT = Path.of("src", "test", "resources");

  private Corpus() {}

  /** The documents of a folder. */
  public static List<Path> documents(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(file -> !file.toString().endsWith(".expected")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document's bytes. */
  public static byte[] bytes(Path document) {
    try {
      return Files.readAllBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of NAME.expected. */
  public static List<String> expected(Path document) {
    String name = document.getFileName().toString();
    try {
      return Files.readAllLines(
          document.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".expected"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
