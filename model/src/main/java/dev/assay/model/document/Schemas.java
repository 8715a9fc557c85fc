package dev.assay.model.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The published JSON Schemas (draft 2020-12), for editors and other programs. The loaders don't
 * read them; tests hold both to the same documents.
 */
public final class Schemas {
  private static final List<String> KINDS = List.of("ValidationPolicy", "Run", "Trust");

  private Schemas() {}

  /** The kinds of document that have a schema: those that work. */
  public static List<String> kinds() {
    return KINDS;
  }

  /** The schema of {@code kind} as JSON text; empty if there is no such kind. */
  public static Optional<String> json(String kind) {
    return KINDS.stream().filter(kind::equals).findFirst().map(Schemas::resource);
  }

  private static String resource(String kind) {
    try (InputStream in = Schemas.class.getResourceAsStream(kind + ".schema.json")) {
      if (in == null) {
        throw new IllegalStateException("the schema of %s is not packaged".formatted(kind));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
