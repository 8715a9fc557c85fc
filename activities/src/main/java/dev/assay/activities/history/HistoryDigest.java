package dev.assay.activities.history;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.assay.model.digest.Sha256;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The digest of a run's first events: of each its id, its type and the SHA-256 of each payload.
 * docs/formats/events.md has it byte by byte. Used by one thread.
 */
public final class HistoryDigest {
  private static final byte[] DOMAIN = "assay/history/v1\0".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest digest = Sha256.newDigest();
  private long events;

  public HistoryDigest() {
    digest.update(DOMAIN);
  }

  /**
   * Of the first events of a run.
   *
   * @return empty if the source doesn't know the run
   */
  public static Optional<HistoryDigest> of(
      HistorySource source, String workflowId, String runId, long events) {
    HistoryDigest digest = new HistoryDigest();
    return source.read(workflowId, runId, events, digest::add)
        ? Optional.of(digest)
        : Optional.empty();
  }

  /** The next event. */
  public void add(HistoryEvent event) {
    List<byte[]> payloads = new ArrayList<>();
    collect(event, payloads);
    digest.update(
        ByteBuffer.allocate(16)
            .putLong(event.getEventId())
            .putInt(event.getEventTypeValue())
            .putInt(payloads.size())
            .array());
    payloads.forEach(digest::update);
    events++;
  }

  /** How many were added. */
  public long events() {
    return events;
  }

  /** The digest; nothing can be added after it. */
  public Sha256 end() {
    return Sha256.ofBytes(digest.digest());
  }

  /**
   * The hashes of all payloads within, in the order of field numbers. Not those of search
   * attributes: the engine writes them anew whenever it is read.
   */
  private static void collect(Message message, List<byte[]> into) {
    if (message instanceof Payload payload) {
      into.add(hash(payload));
    } else if (!(message instanceof SearchAttributes)) {
      // sorted by field number: getAllFields promises it
      message.getAllFields().forEach((field, value) -> collect(field, value, into));
    }
  }

  private static void collect(FieldDescriptor field, Object value, List<byte[]> into) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return;
    }
    List<?> messages = value instanceof List<?> list ? list : List.of(value);
    if (field.isMapField()) {
      messages.stream()
          .map(entry -> (MapEntry<?, ?>) entry)
          .sorted(Comparator.comparing(HistoryDigest::key, Arrays::compareUnsigned))
          .forEach(entry -> collect(entry, into));
    } else {
      messages.forEach(message -> collect((Message) message, into));
    }
  }

  /** The API's maps have texts as keys. */
  private static byte[] key(MapEntry<?, ?> entry) {
    return entry.getKey().toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Other metadata than the encoding is left out: no decoder needs it. */
  private static byte[] hash(Payload payload) {
    byte[] encoding = payload.getMetadataOrDefault("encoding", ByteString.EMPTY).toByteArray();
    return Sha256.hash(
        ByteBuffer.allocate(4).putInt(encoding.length).array(),
        encoding,
        payload.getData().toByteArray());
  }
}
