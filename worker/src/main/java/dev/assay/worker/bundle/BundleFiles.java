package dev.assay.worker.bundle;

import static java.util.stream.Collectors.toSet;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/** A bundle's files, as far as they are what the manifest says. Everything read is bounded. */
final class BundleFiles implements AutoCloseable {
  private final FileChannel zip;
  private final Manifest manifest;

  private final Map<String, PackedFile> byPath = new LinkedHashMap<>();

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
    ZipDirectory.read(zip).forEach(file -> byPath.put(file.path(), file));
    PackedFile first = byPath.get(BundlePaths.MANIFEST);
    if (first == null || first.size() > BundlePaths.MAX_MANIFEST_BYTES) {
      throw new BundleException("it has no bundle.json that could be one");
    }
    try {
      first.check(zip);
    } catch (ZipException | EOFException e) {
      throw new BundleException("its bundle.json can't be unpacked: " + e.getMessage());
    }
    try (InputStream in = first.stream(zip)) {
      this.manifest = Manifest.read(in.readAllBytes());
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /** Compares every file with the manifest, and tells what disagrees. */
  void check(Consumer<BundleIssue> issues) throws IOException {
    Set<String> listed = manifest.files().stream().map(Listed::path).collect(toSet());
    for (String path : byPath.keySet()) {
      if (!BundlePaths.isKnown(path)) {
        issues.accept(damaged(path, "a bundle has no such file"));
      } else if (!path.equals(BundlePaths.MANIFEST) && !listed.contains(path)) {
        issues.accept(damaged(path, "the manifest doesn't list it"));
      }
    }
    for (Listed file : manifest.files()) {
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

  private void compare(Listed wanted, Consumer<BundleIssue> issues) throws IOException {
    PackedFile file = byPath.get(wanted.path());
    if (file == null || !BundlePaths.isKnown(wanted.path())) {
      issues.accept(damaged(wanted.path(), "the manifest lists it, but a bundle has no such file"));
      return;
    }
    if (BundlePaths.isDocument(wanted.path()) && file.size() > BundlePaths.MAX_DOCUMENT_BYTES) {
      issues.accept(damaged(wanted.path(), "it is larger than a document may be"));
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
