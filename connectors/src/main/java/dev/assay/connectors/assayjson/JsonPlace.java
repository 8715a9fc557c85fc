package dev.assay.connectors.assayjson;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import dev.assay.connectors.record.JsonCursor;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that should hold one run.
 *
 * @param bytes the buffer they stand in
 * @param from index of the first
 * @param length how many
 * @param file name of the file, without folders, so that a moved one gives the same problems
 * @param linesBefore lines of the file before these bytes
 * @param fallbackId id of the run if it names none
 * @param unreadable why there are no bytes, if there are none
 */
record JsonPlace(
    byte[] bytes,
    int from,
    int length,
    String file,
    long linesBefore,
    String fallbackId,
    Optional<String> unreadable) {
  /** The source system of runs that name none. */
  static final String SYSTEM = "assay";

  static JsonPlace unreadable(String file, long linesBefore, String fallbackId, String why) {
    return new JsonPlace(new byte[0], 0, 0, file, linesBefore, fallbackId, Optional.of(why));
  }

  /** A parser over the bytes, which are UTF-8: Jackson would guess UTF-16 where it sees NULs. */
  JsonParser parser() throws IOException, RecordException {
    if (unreadable.isPresent()) {
      throw new RecordException(unreadable.get());
    }
    for (int i = from; i < from + Math.min(length, 4); i++) {
      if (bytes[i] == 0) {
        throw new RecordException("it holds NUL bytes; write UTF-8");
      }
    }
    return JsonCursor.FACTORY.createParser(bytes, from, length);
  }

  /** {@code system:location}, the system being {@code assay} if there is no colon. */
  static Optional<Source> source(String text) {
    int colon = text.indexOf(':');
    try {
      return Optional.of(
          new Source(
              colon < 0 ? SYSTEM : text.substring(0, colon),
              Texts.name(text.substring(colon + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String where(@Nullable JsonLocation location) {
    return file + ":" + (linesBefore + (location == null ? 1 : location.getLineNr()));
  }

  /** The run's identity, which doesn't need the whole run. */
  RunIdentity identity() {
    return IdentityReader.read(this);
  }
}
