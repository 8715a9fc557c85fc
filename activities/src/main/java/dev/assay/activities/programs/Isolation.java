package dev.assay.activities.programs;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the worker's operator decided.
 *
 * @param waived protections that programs run without: only NETWORK and FILES can be
 * @param readable folders that programs may read besides the system's, such as a Python or a JDK
 * @param toolFolders where util-linux lies
 * @param rooms where directories of programs are made
 */
public record Isolation(
    Set<Protection> waived, List<Path> readable, List<Path> toolFolders, Path rooms) {
  public Isolation {
    waived = Set.copyOf(waived);
    readable = List.copyOf(readable);
    toolFolders = List.copyOf(toolFolders);
    for (Protection protection : waived) {
      if (!protection.canBeWaived()) {
        throw new IllegalArgumentException(
            "programs never run without the protection %s; only NETWORK and FILES can be waived"
                .formatted(protection));
      }
    }
    for (Path path : readable) {
      if (!path.isAbsolute() || !path.toString().matches("[A-Za-z0-9/._@+-]+")) {
        throw new IllegalArgumentException(
            ("a readable folder is an absolute path of letters, digits and / . _ @ + -; "
                    + "'%s' isn't. Make it available under another path")
                .formatted(path));
      }
    }
  }

  /** All protections. */
  public static Isolation full() {
    return new Isolation(
        Set.of(),
        List.of(),
        Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").map(Path::of).toList(),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  public Isolation waive(Protection... protections) {
    return new Isolation(Set.of(protections), readable, toolFolders, rooms);
  }

  public Isolation alsoReadable(Path folder) {
    return new Isolation(
        waived,
        Stream.concat(readable.stream(), Stream.of(folder)).distinct().toList(),
        toolFolders,
        rooms);
  }

  public Isolation tools(List<Path> folders) {
    return new Isolation(waived, readable, folders, rooms);
  }

  public Isolation rooms(Path folder) {
    return new Isolation(waived, readable, toolFolders, folder);
  }

  /** Those that programs run with. */
  public Set<Protection> inForce() {
    Set<Protection> all = EnumSet.allOf(Protection.class);
    all.removeAll(waived);
    return all;
  }
}
