package dev.assay.integration;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What {@link JournalledWriter}s wrote down, read on and on as the files grow. */
final class Journals {
  static final String BEGUN = "B ";
  static final String ACKNOWLEDGED = "A ";

  private final Path folder;
  private final Map<Path, Long> offsets = new HashMap<>();
  private final Set<String> open = new LinkedHashSet<>();
  private final List<Acknowledged> fresh = new ArrayList<>();
  private long acknowledged;

  Journals(Path folder) {
    this.folder = folder;
  }

  /** A receipt that was written down. */
  record Acknowledged(String key, long index, String leafHash) {}

  /** Reads what is new; unfinished last lines stay for the next time. */
  Journals read() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
    for (Path file : files) {
      read(file);
    }
    return this;
  }

  private void read(Path file) throws IOException {
    try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
      long from = offsets.getOrDefault(file, 0L);
      byte[] bytes = new byte[Math.toIntExact(journal.length() - from)];
      journal.seek(from);
      journal.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n') + 1;
      offsets.put(file, from + end);
      text.substring(0, end).lines().forEach(this::line);
    }
  }

  private void line(String line) {
    if (line.startsWith(BEGUN)) {
      open.add(line.substring(BEGUN.length()));
      return;
    }
    String[] words = line.substring(ACKNOWLEDGED.length()).split(" ");
    open.remove(words[0]);
    fresh.add(new Acknowledged(words[0], Long.parseLong(words[1]), words[2]));
    acknowledged++;
  }

  /** Keys that were begun and have no receipt, in the order begun. */
  List<String> unacknowledged() {
    return List.copyOf(open);
  }

  /** Receipts in all. */
  long acknowledged() {
    return acknowledged;
  }

  /** Receipts that were read since this was asked last. */
  List<Acknowledged> takeFresh() {
    List<Acknowledged> taken = List.copyOf(fresh);
    fresh.clear();
    return taken;
  }
}
