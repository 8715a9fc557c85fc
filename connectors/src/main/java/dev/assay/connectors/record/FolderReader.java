package dev.assay.connectors.record;

import java.nio.file.Path;
import java.util.Optional;

/** Reads folders of small files, for use by several threads. */
public final class FolderReader {
  /** From so many folders on, Linux's own calls save more time than it takes to link them. */
  private static final int MANY = 4000;

  private final Optional<LinuxFolders> linux;

  private FolderReader(Optional<LinuxFolders> linux) {
    this.linux = linux;
  }

  /** A reader for about so many folders: the more, the more preparation pays. */
  public static FolderReader of(long folders) {
    return folders >= MANY ? fast() : plain();
  }

  /** Reads through the JDK alone. */
  static FolderReader plain() {
    return new FolderReader(Optional.empty());
  }

  /** Reads by the system's own calls, where they are known. */
  static FolderReader fast() {
    return new FolderReader(
        LinuxCalls.areThere() ? Optional.of(new LinuxFolders()) : Optional.empty());
  }

  /** The folder's content, which may be read at once. Links and what can't be read show later. */
  public FolderContent read(Path folder) {
    return new FolderContent(folder, linux.flatMap(calls -> calls.read(folder)));
  }
}
