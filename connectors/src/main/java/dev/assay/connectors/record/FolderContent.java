package dev.assay.connectors.record;

import dev.assay.connectors.record.Folder.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One folder and the files directly in it. As {@link Folder} in all that it gives and refuses; what
 * a {@link FolderReader} has already read costs no call more.
 */
public final class FolderContent {
  private final Path folder;
  private final Optional<SortedMap<String, Entry>> taken;

  /**
   * What was read of one entry.
   *
   * @param bytes of a small regular file; else empty
   */
  record Entry(Kind kind, Optional<byte[]> bytes) {}

  FolderContent(Path folder, Optional<SortedMap<String, Entry>> taken) {
    this.folder = folder;
    this.taken = taken;
  }

  /** What the folder itself is. */
  public Kind kind() {
    return taken.isPresent() ? Kind.FOLDER : Folder.kind(folder);
  }

  /** Where an entry is. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Names of the entries of a folder that is one, sorted. */
  public List<String> names() throws RecordException {
    if (taken.isPresent()) {
      return List.copyOf(taken.get().keySet());
    }
    List<String> names = new ArrayList<>();
    for (Path entry : Folder.listSeen(folder)) {
      names.add(Folder.name(entry));
    }
    return names;
  }

  /** What an entry is. */
  public Kind kind(String name) {
    if (taken.isEmpty()) {
      return Folder.kind(path(name));
    }
    Entry entry = taken.get().get(name);
    return entry == null ? Kind.NOTHING : entry.kind();
  }

  /** As {@link Folder#read}. */
  public Optional<byte[]> read(String name, int maxBytes) throws RecordException {
    if (taken.isPresent() && kind(name) == Kind.NOTHING) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = taken(name);
    return bytes.isPresent() && bytes.get().length <= maxBytes
        ? bytes
        : Folder.read(path(name), maxBytes);
  }

  /** The bytes of an entry, if they were read with the folder; nobody is to change them. */
  public Optional<byte[]> taken(String name) {
    Entry entry = taken.isPresent() ? taken.get().get(name) : null;
    return entry == null ? Optional.empty() : entry.bytes();
  }
}
