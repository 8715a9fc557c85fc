package dev.assay.model.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.assay.model.json.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Loads YAML, or JSON if the file's name ends in {@code .json}. Input is hostile: at most {@link
 * #MAX_BYTES}, depth {@link #MAX_DEPTH}, UTF-8 without NUL bytes, one document a file, no duplicate
 * keys, no YAML aliases, anchors or tags.
 *
 * <p>Plain YAML scalars mean what JSON means by them: {@code true} and {@code false} are truth
 * values, JSON's numbers are numbers, everything else is text ({@code yes}, {@code on}, {@code
 * 12:30}). What YAML 1.1 and 1.2 read as different numbers ({@code 017}, {@code 1_000}, {@code
 * 0x1F}, {@code .inf}) is refused.
 */
public final class DocumentLoader {
  /** Largest document, in bytes: 1 MiB. */
  public static final int MAX_BYTES = 1 << 20;

  /** Deepest nesting of objects and lists. */
  public static final int MAX_DEPTH = 32;

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();

  private DocumentLoader() {}

  /**
   * The one document that {@code bytes} hold.
   *
   * @param fileName only for its ending and for messages; nothing is opened
   * @throws DocumentException if they don't, with file, line and column
   */
  public static DocumentNode load(byte[] bytes, String fileName) {
    String text = decode(bytes, fileName);
    boolean json = fileName.endsWith(".json");
    try (JsonParser parser =
        json ? JsonReader.FACTORY.createParser(text) : YAML.createParser(text)) {
      if (!json) {
        YamlExtras.refuse(text, fileName);
      }
      return new NodeBuilder(parser, fileName).document();
    } catch (JsonProcessingException e) {
      throw unreadable(e, fileName);
    } catch (YAMLException e) {
      throw unreadable(e, fileName, new Place(fileName, 1, 1));
    } catch (IOException e) {
      throw new DocumentException(new Place(fileName, 1, 1), "unreadable: " + e.getMessage());
    }
  }

  private static String decode(byte[] bytes, String fileName) {
    if (bytes.length > MAX_BYTES) {
      throw new DocumentException(
          new Place(fileName, 1, 1),
          // The caller may have stopped reading one byte behind the bound: how long it is isn't
          // known.
          "the document is too long: at most %s bytes are read".formatted(MAX_BYTES));
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new DocumentException(
            place(bytes, i, fileName), "a NUL byte; write the document as UTF-8 text");
      }
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new DocumentException(
          place(bytes, in.position(), fileName),
          "byte 0x%02x is not UTF-8; save the document as UTF-8"
              .formatted(bytes[in.position()] & 0xff));
    }
    String text = out.flip().toString();
    // Some editors begin UTF-8 files with a byte order mark; it carries nothing.
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Place place(byte[] bytes, int offset, String fileName) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < offset; i++) {
      boolean newline = bytes[i] == '\n';
      line += newline ? 1 : 0;
      column = newline ? 1 : column + 1;
    }
    return new Place(fileName, line, column);
  }

  private static DocumentException unreadable(JsonProcessingException e, String fileName) {
    JsonLocation at = e.getLocation();
    Place place =
        at == null
            ? new Place(fileName, 1, 1)
            : new Place(fileName, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    return e.getCause() instanceof YAMLException yaml
        ? unreadable(yaml, fileName, place)
        : new DocumentException(place, firstLine(e.getOriginalMessage()));
  }

  private static DocumentException unreadable(YAMLException e, String fileName, Place place) {
    if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return new DocumentException(
          new Place(
              fileName,
              marked.getProblemMark().getLine() + 1,
              marked.getProblemMark().getColumn() + 1),
          "not YAML: " + firstLine(marked.getProblem()));
    }
    return new DocumentException(place, "not YAML: " + firstLine(String.valueOf(e.getMessage())));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("unreadable");
  }
}
