package dev.assay.connectors.assayjson;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Runs as JSON, made up of a seed: as programs write them, as they shouldn't, and broken. */
final class RunTexts {
  private static final List<String> NUMBERS =
      List.of("0", "1", "42", "0.5", "2.0996063", "-1.25e-3", "1E+5", "-0.0", "123456789012345678");
  private static final List<String> ODD_NUMBERS =
      List.of(
          "-0",
          "1e400",
          "-1e400",
          "1e-400",
          "01",
          "1.",
          ".5",
          "NaN",
          "-",
          "9".repeat(25),
          "-7",
          "3.14159265358979323846264338327950288419716939937510",
          "9".repeat(70),
          "1.5e",
          "+1",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "null",
          "true",
          "\"NaN\"",
          "\"nan\"",
          "\"1\"",
          "[1]",
          "{}");
  private static final List<String> TEXTS =
      List.of("", "a", "net-0-0", "x y", "sweep/1", "id", "source", "0.11", "~!'{}[],:");
  private static final List<String> ODD_TEXTS =
      List.of(
          "\\u0041",
          "\\n",
          "ä",
          "\u007f",
          "\\ud800",
          "\\u0000",
          "😀",
          "tab\t",
          "x".repeat(4096),
          "x".repeat(4097),
          "x".repeat(9000),
          "\\\"id\\\"",
          "\0");
  private static final List<String> TIMES =
      List.of(
          "2026-01-05T08:00:01.003Z",
          "2026-01-05T08:00:01Z",
          "2026-01-05T23:59:59.999999999Z",
          "2024-02-29T00:00:00.1Z",
          "1969-12-31T23:59:59.5Z",
          "2026-01-05T08:00:01.003000+00:00");
  private static final List<String> ODD_TIMES =
      List.of(
          "2026-01-05T08:00:60Z",
          "2026-01-05T24:00:00Z",
          "2026-01-05T08:61:00Z",
          "today",
          "",
          "2026-02-30T08:00:00Z",
          "2026-01-05T08:00Z",
          "2026-01-05t08:00:00z",
          "2026-01-05T08:00:00.Z",
          "2026-01-05T08:00:00.1234567890Z",
          "2026-01-05T08:00:00+01:00",
          "2026-01-05T08:00:00-00:00",
          "+12026-01-05T08:00:00Z",
          "2026-01-05 08:00:00Z",
          "2026-01-05T0a:00:00Z",
          "2026-01-05T08:00:00.12a4Z",
          "1970-01-01T");
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private final Random random;
  private final int oddOfThousand;
  private final String space;

  private RunTexts(long seed, int oddOfThousand) {
    random = new Random(seed);
    this.oddOfThousand = oddOfThousand;
    space = any(List.of("", "", " ", "\n\t "));
  }

  /** A run that a familiar program wrote. */
  static byte[] familiar(long seed) {
    return bytes(new RunTexts(seed, 0).run());
  }

  /** A run with here and there a value, a key or an order that isn't usual, or isn't right. */
  static byte[] odd(long seed) {
    return bytes(new RunTexts(seed, 30).run());
  }

  /**
   * A run, more or less odd, with a byte replaced, an end cut off, or a part doubled or missing.
   */
  static byte[] broken(long seed) {
    RunTexts texts = new RunTexts(seed, seed % 2 == 0 ? 0 : 10);
    byte[] bytes = bytes(texts.run());
    int at = texts.random.nextInt(bytes.length);
    switch (texts.random.nextInt(4)) {
      case 0 -> bytes[at] = (byte) texts.random.nextInt(256);
      case 1 -> bytes[at] = (byte) "{}[],:\" \\0-e\nids".charAt(texts.random.nextInt(16));
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      default -> {
        int to = Math.clamp(at + texts.random.nextInt(-40, 40), 0, bytes.length);
        byte[] joined = Arrays.copyOf(bytes, at + bytes.length - to);
        System.arraycopy(bytes, to, joined, at, bytes.length - to);
        return joined;
      }
    }
    return bytes;
  }

  static JsonPlace place(byte[] bytes) {
    return new JsonPlace(bytes, 0, bytes.length, "run.json", 0, "run", Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String run() {
    List<String> members =
        new ArrayList<>(
            List.of(
                member("name", text()),
                member("status", quoted(any(List.of("FINISHED", "FAILED", "RUNNING")))),
                member("started", time()),
                member("ended", time()),
                member("params", scalars()),
                member("tags", scalars()),
                member("metrics", metrics()),
                member("datasets", list(this::dataset)),
                member("artifacts", list(this::artifact)),
                member("code", code()),
                member("seed", any(List.of("42", "\"-7\"", "null"))),
                member("author", text()),
                member("parents", list(this::text)),
                member("schema", quoted("assay/run/v1")),
                member("problems", odd() ? "[{\"where\":\"w\",\"what\":\"x\"}]" : "[]")));
    Collections.shuffle(members, random);
    List<String> kept = new ArrayList<>(members.subList(0, random.nextInt(members.size() + 1)));
    put(kept, member("id", odd() ? any(List.of("7", "\"\"", "null")) : quoted("run-" + next(9))));
    put(kept, member("experiment", text()));
    if (next(2) == 0) {
      put(kept, member("source", odd() ? text() : quoted("bench://host/runs")));
    }
    if (odd() && !kept.isEmpty()) {
      put(kept, any(kept));
    }
    if (odd()) {
      put(kept, member(any(List.of("metrcs", "\\u0069d", "n\\u0061me", "x")), number()));
    }
    if (odd()) {
      put(kept, member("deep", "[".repeat(70) + "]".repeat(next(71))));
    }
    String end = odd() ? any(List.of("{}", "x", "\0", ",")) : "";
    return space + "{" + space + joined(kept) + space + "}" + space + end;
  }

  private void put(List<String> members, String member) {
    members.add(next(3) == 0 ? next(members.size() + 1) : 0, member);
  }

  private String metrics() {
    List<String> series = new ArrayList<>();
    for (int i = next(4); i > 0; i--) {
      series.add(member("m" + (odd() ? 1 : i), list(this::point)));
    }
    return object(series);
  }

  private String point() {
    List<String> members = new ArrayList<>();
    if (!odd()) {
      members.add(member("step", odd() ? any(ODD_NUMBERS) : "" + next(100)));
    }
    if (next(4) > 0) {
      members.add(member("time", next(9) == 0 ? "null" : time()));
    }
    if (!odd()) {
      members.add(
          member(
              "value",
              next(9) == 0 ? any(List.of("\"NaN\"", "\"Infinity\"", "\"-Infinity\"")) : number()));
    }
    if (odd() && !members.isEmpty()) {
      members.add(odd() ? member("stp", "1") : any(members));
    }
    Collections.shuffle(members, random);
    return object(members);
  }

  private String scalars() {
    List<String> members = new ArrayList<>();
    for (int i = next(4); i > 0; i--) {
      String value = any(List.of("null", "true", "false", text(), text(), number(), number()));
      members.add(member(odd() ? any(ODD_TEXTS) : "p" + (odd() ? 1 : i), value));
    }
    return object(members);
  }

  private String dataset() {
    return object(
        List.of(member("name", text()), member("digest", text()), member("context", text())));
  }

  private String artifact() {
    String path = odd() ? any(List.of("../x", "/x", "", "a\\\\b")) : "model/a" + next(9);
    String size = odd() ? any(ODD_NUMBERS) : any(List.of("0", "123", "\"9\""));
    String digest = odd() ? text() : any(List.of("\"\"", "null", quoted(DIGEST)));
    List<String> members =
        List.of(member("path", quoted(path)), member("size", size), member("sha256", digest));
    return object(members.subList(0, odd() ? next(4) : 2 + next(2)));
  }

  private String code() {
    String dirty = odd() ? any(ODD_NUMBERS) : any(List.of("true", "false", "null", "\"true\""));
    return object(List.of(member("commit", text()), member("dirty", dirty)));
  }

  private interface Value {
    String make();
  }

  private String list(Value value) {
    List<String> items = new ArrayList<>();
    for (int i = next(4); i > 0; i--) {
      items.add(odd() ? any(ODD_NUMBERS) : value.make());
    }
    return "[" + space + joined(items) + space + "]";
  }

  private String object(List<String> members) {
    return "{" + space + joined(members) + space + "}";
  }

  private String joined(List<String> parts) {
    return String.join(odd() ? " , " : "," + space, parts);
  }

  private String member(String key, String value) {
    return quoted(key) + (odd() ? " :" : ":") + space + (odd() ? any(ODD_NUMBERS) : value);
  }

  private String number() {
    return any(odd() ? ODD_NUMBERS : NUMBERS);
  }

  private String text() {
    return quoted(any(odd() ? ODD_TEXTS : TEXTS));
  }

  private String time() {
    return quoted(any(odd() ? ODD_TIMES : TIMES));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private boolean odd() {
    return next(1000) < oddOfThousand;
  }

  private int next(int bound) {
    return random.nextInt(bound);
  }

  private <T> T any(List<T> of) {
    return of.get(next(of.size()));
  }
}
