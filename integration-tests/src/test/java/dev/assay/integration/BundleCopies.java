package dev.assay.integration;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A bundle taken apart, to be changed and put together again as a forger would. */
final class BundleCopies {
  static final String MANIFEST = "bundle.json";

  private final Map<String, byte[]> files = new TreeMap<>();

  static BundleCopies of(Path bundle) throws IOException {
    BundleCopies copy = new BundleCopies();
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          copy.files.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return copy;
  }

  /** The only file whose name begins so, or the first of several. */
  String first(String prefix) {
    return files.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  /** All files, sorted. */
  List<String> names() {
    return List.copyOf(files.keySet());
  }

  byte[] bytes(String name) {
    return files.get(name).clone();
  }

  String text(String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }

  List<String> lines(String name) {
    return new ArrayList<>(List.of(text(name).split("\n")));
  }

  JsonObject json(String name) {
    return (JsonObject) JsonReader.read(files.get(name));
  }

  BundleCopies remove(String name) {
    files.remove(name);
    return this;
  }

  BundleCopies put(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  BundleCopies put(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /** Changes the line of this number, from 0. */
  BundleCopies editLine(String name, int number, UnaryOperator<String> change) {
    List<String> lines = lines(name);
    lines.set(number, change.apply(lines.get(number)));
    return putLines(name, lines);
  }

  BundleCopies putLines(String name, List<String> lines) {
    return put(name, String.join("\n", lines) + "\n");
  }

  BundleCopies edit(String name, UnaryOperator<String> change) {
    return put(name, change.apply(text(name)));
  }

  /** Makes the manifest fit the files, as who forges a bundle does. */
  BundleCopies listed() {
    List<JsonValue> list = new ArrayList<>();
    files.forEach(
        (name, content) -> {
          if (!name.equals(MANIFEST)) {
            list.add(
                JsonObject.EMPTY
                    .with("path", name)
                    .with("sha256", Sha256.of(content).hex())
                    .with("size", content.length));
          }
        });
    return put(
        MANIFEST,
        new String(
            CanonicalJson.encode(json(MANIFEST).with("files", new JsonArray(list))),
            StandardCharsets.UTF_8));
  }

  Path write(Path target) throws IOException {
    return Files.write(target, zip());
  }

  /** The zip file, as Assay writes it. */
  byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0, 2));
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
