package dev.assay.worker.bundle;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.bundle.BundleIssue.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A bundle's files, as far as they are what the manifest says. Everything read is bounded. */
final class BundleFiles implements AutoCloseable {
  private static final int MAX_MANIFEST_BYTES = 256 << 20;

  /** Largest file that is read whole: the registry's largest document, and room. */
  private static final int MAX_DOCUMENT_BYTES = 64 << 20;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new HashMap<>();
  private final JsonObject manifest;
  private final SortedMap<String, String> good = new TreeMap<>();

  /**
   * Opens a bundle.
   *
   * @throws BundleException if it is no zip file, or has no manifest of ours
   */
  static BundleFiles open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException e) {
      throw new BundleException("%s is no zip file: %s".formatted(file, e.getMessage()));
    }
    try {
      return new BundleFiles(zip, file);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private BundleFiles(ZipFile zip, Path file) throws IOException {
    this.zip = zip;
    if (zip.size() > BundlePaths.MAX_FILES) {
      throw new BundleException(
          "%s has %d files, a bundle at most %d"
              .formatted(file, zip.size(), BundlePaths.MAX_FILES));
    }
    ZipEntry entry = zip.getEntry(BundlePaths.MANIFEST);
    if (entry == null) {
      throw new BundleException("%s is no bundle: it has no bundle.json".formatted(file));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] json = in.readNBytes(MAX_MANIFEST_BYTES);
      if (!(JsonReader.read(json) instanceof JsonObject object)
          || !new JsonString(BundlePaths.FORMAT).equals(object.members().get("format"))) {
        throw new BundleException(
            "%s: its bundle.json isn't of the format %s".formatted(file, BundlePaths.FORMAT));
      }
      this.manifest = object;
    } catch (ZipException | EOFException | JsonException e) {
      throw new BundleException(
          "%s: its bundle.json can't be read: %s".formatted(file, e.getMessage()));
    }
  }

  JsonObject manifest() {
    return manifest;
  }

  /** Compares every file with the manifest, and tells what disagrees. */
  void check(Consumer<BundleIssue> issues) throws IOException {
    names(issues);
    Set<String> listed = new HashSet<>();
    long total = 0;
    if (manifest.members().get("files") instanceof JsonArray(List<JsonValue> files)) {
      for (JsonValue file : files) {
        Optional<Listed> wanted = Listed.of(file);
        if (wanted.isEmpty() || !listed.add(wanted.get().path())) {
          issues.accept(damaged(BundlePaths.MANIFEST, "a line of its list of files can't be read"));
          continue;
        }
        total += wanted.get().size();
        if (total > BundlePaths.MAX_BYTES) {
          throw new BundleException(
              "the bundle is larger than %d bytes unpacked".formatted(BundlePaths.MAX_BYTES));
        }
        compare(wanted.get(), issues);
      }
    }
    for (String path : entries.keySet()) {
      if (!path.equals(BundlePaths.MANIFEST) && !listed.contains(path)) {
        issues.accept(damaged(path, "the manifest doesn't list it"));
      }
    }
  }

  /** The SHA-256, in hex, of each file that is there and what the manifest says; by path. */
  SortedMap<String, String> good() {
    return Collections.unmodifiableSortedMap(good);
  }

  /** A good file's content, to be closed. */
  InputStream stream(String path) throws IOException {
    return zip.getInputStream(entries.get(path));
  }

  /**
   * A good file's content.
   *
   * @throws BundleException if it is longer than a document may be
   */
  byte[] bytes(String path) throws IOException {
    try (InputStream in = stream(path)) {
      byte[] content = in.readNBytes(MAX_DOCUMENT_BYTES + 1);
      if (content.length > MAX_DOCUMENT_BYTES) {
        throw new BundleException(
            "%s is longer than %d bytes: no bundle of ours".formatted(path, MAX_DOCUMENT_BYTES));
      }
      return content;
    }
  }

  private record Listed(String path, String sha256, long size) {
    static Optional<Listed> of(JsonValue json) {
      return json instanceof JsonObject(var members)
              && members.get("path") instanceof JsonString(String path)
              && members.get("sha256") instanceof JsonString(String sha256)
              && members.get("size") instanceof JsonNumber(double size)
              && size >= 0
              && size <= BundlePaths.MAX_FILE_BYTES
              && size == Math.rint(size)
          ? Optional.of(new Listed(path, sha256, (long) size))
          : Optional.empty();
    }
  }

  private void names(Consumer<BundleIssue> issues) {
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (!BundlePaths.isKnown(entry.getName())) {
        issues.accept(damaged(entry.getName(), "a bundle has no such file"));
      } else if (entries.putIfAbsent(entry.getName(), entry) != null) {
        issues.accept(damaged(entry.getName(), "it is there twice"));
      }
    }
  }

  private void compare(Listed wanted, Consumer<BundleIssue> issues) throws IOException {
    ZipEntry entry = entries.get(wanted.path());
    if (entry == null) {
      issues.accept(damaged(wanted.path(), "the manifest lists it, but it isn't there"));
      return;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      MessageDigest digest = Sha256.newDigest();
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int read = in.read(buffer); read >= 0 && size <= wanted.size(); read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        size += read;
      }
      if (size == wanted.size() && Sha256.ofBytes(digest.digest()).hex().equals(wanted.sha256())) {
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
