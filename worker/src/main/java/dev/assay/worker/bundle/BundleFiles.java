package dev.assay.worker.bundle;

import dev.assay.model.digest.Sha256;
import dev.assay.worker.bundle.BundleIssue.Kind;
import dev.assay.worker.bundle.Manifest.Listed;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/** A bundle's files, as far as they are what the manifest says. Everything read is bounded. */
final class BundleFiles implements AutoCloseable {
  private final FileChannel zip;
  private final List<PackedFile> packed;
  private final Manifest manifest;

  /** Known ones that are there once. */
  private final Map<String, PackedFile> byPath = new HashMap<>();

  private final SortedMap<String, String> good = new TreeMap<>();

  /**
   * Opens a bundle.
   *
   * @throws BundleException if it is no zip file, or has no manifest of ours
   */
  static BundleFiles open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new BundleException("%s is no bundle: it is a folder".formatted(file));
    }
    FileChannel zip = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new BundleFiles(zip);
    } catch (BundleException e) {
      zip.close();
      throw new BundleException("%s is no bundle: %s".formatted(file, e.getMessage()));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private BundleFiles(FileChannel zip) throws IOException {
    this.zip = zip;
    this.packed = ZipDirectory.read(zip);
    List<PackedFile> manifests =
        packed.stream().filter(file -> file.path().equals(BundlePaths.MANIFEST)).toList();
    if (manifests.size() != 1) {
      throw new BundleException("it has %d files bundle.json".formatted(manifests.size()));
    }
    try {
      manifests.getFirst().check(zip);
    } catch (ZipException | EOFException e) {
      throw new BundleException("its bundle.json can't be unpacked: " + e.getMessage());
    }
    try (InputStream in = manifests.getFirst().stream(zip)) {
      this.manifest = Manifest.read(in.readAllBytes());
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /** Compares every file with the manifest, and tells what disagrees. */
  void check(Consumer<BundleIssue> issues) throws IOException {
    names(issues);
    Map<String, Listed> listed = new TreeMap<>();
    Set<String> twice = new HashSet<>();
    for (Listed file : manifest.files()) {
      if (listed.put(file.path(), file) != null) {
        issues.accept(damaged(file.path(), "the manifest lists it twice"));
        twice.add(file.path());
      }
    }
    for (PackedFile file : packed) {
      if (!file.path().equals(BundlePaths.MANIFEST) && !listed.containsKey(file.path())) {
        issues.accept(damaged(file.path(), "the manifest doesn't list it"));
      }
    }
    listed.keySet().removeAll(twice);
    for (Listed file : listed.values()) {
      compare(file, issues);
    }
  }

  /** The SHA-256, in hex, of each file that is there and what the manifest says; by path. */
  SortedMap<String, String> good() {
    return Collections.unmodifiableSortedMap(good);
  }

  /** A good file's content, to be closed. */
  InputStream stream(String path) {
    PackedFile file = byPath.get(path);
    if (file == null || !good.containsKey(path)) {
      throw new IllegalArgumentException(path + " isn't a good file of this bundle");
    }
    return file.stream(zip);
  }

  /** A good file's content, whole. */
  byte[] bytes(String path) throws IOException {
    try (InputStream in = stream(path)) {
      return in.readAllBytes();
    }
  }

  private void names(Consumer<BundleIssue> issues) {
    Set<String> twice = new HashSet<>();
    for (PackedFile file : packed) {
      if (!BundlePaths.isKnown(file.path())) {
        issues.accept(damaged(file.path(), "a bundle has no such file"));
      } else if (byPath.put(file.path(), file) != null) {
        issues.accept(damaged(file.path(), "it is there twice"));
        twice.add(file.path());
      }
    }
    byPath.keySet().removeAll(twice);
  }

  private void compare(Listed wanted, Consumer<BundleIssue> issues) throws IOException {
    PackedFile file = byPath.get(wanted.path());
    if (file == null) {
      issues.accept(damaged(wanted.path(), "the manifest lists it, but it isn't there, once"));
      return;
    }
    try {
      Sha256 digest = file.check(zip);
      if (file.size() == wanted.size() && digest.hex().equals(wanted.sha256())) {
        good.put(wanted.path(), wanted.sha256());
      } else {
        issues.accept(damaged(wanted.path(), "it isn't what the manifest says"));
      }
    } catch (ZipException | EOFException e) {
      issues.accept(damaged(wanted.path(), "it can't be unpacked: " + e.getMessage()));
    }
  }

  private static BundleIssue damaged(String path, String detail) {
    return BundleIssue.of(Kind.BUNDLE_DAMAGED, path, detail);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
