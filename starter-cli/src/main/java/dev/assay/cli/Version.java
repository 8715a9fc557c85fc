package dev.assay.cli;

import dev.assay.cli.base.Output;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which assay this is.
 *
 * @param version as in the pom
 * @param commit what {@code git describe} said when it was built; "unknown" without git
 * @param java the running JVM's
 */
public record Version(String version, String commit, String java) {

  /** Of the classes that run. */
  public static Version ofThisBuild() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties is missing from the jar", e);
    }
    return new Version(
        properties.getProperty("version", "unknown"),
        System.getProperty("assay.commit", "unknown"), // from the launcher; jars don't depend on it
        System.getProperty("java.runtime.version", "unknown"));
  }

  String line() {
    return "assay %s (commit %s, Java %s)".formatted(version, commit, java);
  }

  void show(Output output) {
    output.document(
        JsonObject.EMPTY.with("version", version).with("commit", commit).with("java", java),
        text -> text.line(line()));
  }
}
