package dev.assay.connectors.record;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.assay.connectors.record.Folder.Kind;
import dev.assay.connectors.record.FolderContent.Entry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a folder with its small files by Linux's own calls: the listing says which are regular
 * files, and each is opened relative to the folder, without following links and without waiting, so
 * that a pipe which has just taken its place can't block. The JDK walks the whole path twice a
 * file.
 *
 * <p>Knows only what goes well. In all other cases it gives nothing, and {@link Folder}, which can
 * say what is wrong, looks instead.
 */
final class LinuxFolders {
  /** Larger files are left to {@link Folder}: for them a call more or less is nothing. */
  static final int MOST_BYTES = 1 << 16;

  /** Folders of more entries are left to {@link Folder}: what is read here stays in memory. */
  static final int MOST_ENTRIES = 64;

  // struct linux_dirent64 of getdents64(2): u64 inode, s64 offset, u16 length, u8 type, name, 0
  private static final int LENGTH_AT = 16;
  private static final int TYPE_AT = 18;
  private static final int NAME_AT = 19;

  private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);

  /** Where the kernel writes to, for one thread. */
  private static final class Buffers {
    private final MemorySegment path = Arena.ofAuto().allocate(4096);
    private final MemorySegment entries = Arena.ofAuto().allocate(1 << 14, Long.BYTES);
    private final MemorySegment content = Arena.ofAuto().allocate(MOST_BYTES);
  }

  /** The entries of a folder by name; empty if {@link Folder} has to look. */
  Optional<SortedMap<String, Entry>> read(Path folder) {
    Buffers memory = buffers.get();
    String path = folder.toString();
    if (path.length() >= memory.path.byteSize() || !isAscii(path)) {
      return Optional.empty(); // its bytes depend on the locale
    }
    memory.path.setString(0, path, StandardCharsets.US_ASCII);
    int opened = LinuxCalls.openFolder(memory.path);
    if (opened < 0) {
      return Optional.empty();
    }
    try {
      return entries(opened, memory);
    } finally {
      LinuxCalls.close(opened);
    }
  }

  private static Optional<SortedMap<String, Entry>> entries(int folder, Buffers memory) {
    SortedMap<String, Entry> found = new TreeMap<>();
    long end = LinuxCalls.entries(folder, memory.entries);
    while (end > 0) {
      long at = 0;
      while (at < end) {
        int length = Short.toUnsignedInt(memory.entries.get(JAVA_SHORT_UNALIGNED, at + LENGTH_AT));
        MemorySegment name = memory.entries.asSlice(at + NAME_AT, length - NAME_AT);
        String text = name.getString(0, StandardCharsets.ISO_8859_1);
        Optional<Kind> kind = kind(memory.entries.get(JAVA_BYTE, at + TYPE_AT));
        if (kind.isEmpty() || !isAscii(text) || found.size() == MOST_ENTRIES) {
          return Optional.empty();
        }
        if (!text.equals(".") && !text.equals("..")) {
          Optional<Entry> entry = entry(kind.get(), folder, name, memory.content);
          if (entry.isEmpty()) {
            return Optional.empty();
          }
          found.put(text, entry.get());
        }
        at += length;
      }
      end = LinuxCalls.entries(folder, memory.entries);
    }
    return end < 0 ? Optional.empty() : Optional.of(found);
  }

  /** Empty for a file that can't be opened: it may be gone, or the folder can't be entered. */
  private static Optional<Entry> entry(
      Kind kind, int folder, MemorySegment name, MemorySegment content) {
    if (kind != Kind.FILE) {
      return Optional.of(new Entry(kind, Optional.empty()));
    }
    int file = LinuxCalls.openFile(folder, name);
    return file < 0 ? Optional.empty() : Optional.of(new Entry(kind, bytes(file, content)));
  }

  /** The bytes of a small file, as far as it reached when its size was asked for; closes it. */
  private static Optional<byte[]> bytes(int file, MemorySegment content) {
    try {
      long size = LinuxCalls.size(file);
      if (size < 0 || size > MOST_BYTES || LinuxCalls.read(file, content, size) != size) {
        return Optional.empty();
      }
      byte[] bytes = new byte[(int) size];
      MemorySegment.copy(content, JAVA_BYTE, 0, bytes, 0, bytes.length);
      return Optional.of(bytes);
    } finally {
      LinuxCalls.close(file);
    }
  }

  /** What {@code d_type} says; empty on file systems that don't fill it. */
  private static Optional<Kind> kind(byte type) {
    return switch (type) {
      case 0 -> Optional.empty();
      case 4 -> Optional.of(Kind.FOLDER);
      case 8 -> Optional.of(Kind.FILE);
      case 10 -> Optional.of(Kind.LINK);
      default -> Optional.of(Kind.OTHER);
    };
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == 0 || text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }
}
