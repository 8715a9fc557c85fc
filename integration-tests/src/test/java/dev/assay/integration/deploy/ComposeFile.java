package dev.assay.integration.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.temporal.yml, with its anchors and merges resolved. */
public record ComposeFile(Map<String, Object> content) {
  static final Path ROOT = Path.of("..");

  /** A service and its settings. */
  public record Service(String name, Map<String, Object> settings) {
    String text(String setting) {
      return String.valueOf(settings.getOrDefault(setting, ""));
    }

    /** A list of texts; empty if there is none. */
    public List<String> list(String setting) {
      return settings.get(setting) instanceof List<?> values
          ? values.stream().map(String::valueOf).toList()
          : List.of();
    }

    /** A mapping; empty if there is none. */
    public Map<String, Object> map(String setting) {
      return mapping(settings.get(setting)).orElse(Map.of());
    }

    /** Whether it goes on until it is stopped; the others are jobs. */
    boolean longRunning() {
      return text("restart").equals("unless-stopped");
    }

    /** The named volumes that it mounts. */
    List<String> namedVolumes() {
      return list("volumes").stream()
          .map(volume -> volume.split(":", 2)[0])
          .filter(source -> !source.startsWith("."))
          .toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static ComposeFile read() {
    return parse(text("docker-compose.temporal.yml"));
  }

  static ComposeFile parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new ComposeFile(
        mapping(new Yaml(new SafeConstructor(options)).load(yaml)).orElseThrow());
  }

  static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Service> services() {
    return mapping(content.get("services")).orElseThrow().entrySet().stream()
        .map(entry -> new Service(entry.getKey(), mapping(entry.getValue()).orElseThrow()))
        .toList();
  }

  public Service service(String name) {
    return services().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static Optional<Map<String, Object>> mapping(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<String, Object> typed = new TreeMap<>();
    map.forEach((key, each) -> typed.put(String.valueOf(key), each));
    return Optional.of(typed);
  }
}
