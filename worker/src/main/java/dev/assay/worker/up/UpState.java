package dev.assay.worker.up;

import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.devserver.DevServerSettings.Ports;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.home.HomeException;
import dev.assay.worker.home.HomeHolder;
import dev.assay.worker.home.HomeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What a running {@code assay up} tells other processes, in {@code engine/up.json} of its home. It
 * counts only while the process that wrote it holds the home's lock, which the system drops when
 * that process dies.
 *
 * @param pid the supervisor
 * @param ready whether every part has been seen working
 * @param ports where its dev server listens
 */
public record UpState(long pid, boolean ready, Ports ports) {
  private static final int MAX_FILE = 4_096;

  /** The state of the {@code up} that runs in a home; empty if none does, or it has just begun. */
  public static Optional<UpState> find(Path home) {
    Optional<HomeHolder> holder = HomeLock.holder(home);
    return holder.flatMap(held -> read(home).filter(state -> state.pid() == held.pid()));
  }

  /**
   * What an {@code up} wrote and never removed; empty if the last one ended in order. It was killed
   * if the caller holds the home's lock; else it may be running.
   */
  static Optional<UpState> leftBehind(AssayHome home) {
    return read(home.folder());
  }

  static void write(Path home, UpState state) {
    Path file = file(home);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(unfinished, CanonicalJson.encode(state.toJson()));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new HomeException("can't write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  static void remove(Path home) {
    try {
      Files.deleteIfExists(file(home));
    } catch (IOException e) {
      throw new HomeException("can't delete %s: %s".formatted(file(home), e.getMessage()), e);
    }
  }

  private static Path file(Path home) {
    return home.resolve("engine").resolve("up.json");
  }

  private JsonObject toJson() {
    return JsonObject.EMPTY
        .with("frontendPort", ports.frontend())
        .with("pid", pid)
        .with("ready", ready)
        .with("uiPort", ports.ui());
  }

  private static Optional<UpState> read(Path home) {
    try {
      if (Files.size(file(home)) > MAX_FILE) {
        return Optional.empty();
      }
      return parse(Files.readAllBytes(file(home)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new HomeException("can't read %s: %s".formatted(file(home), e.getMessage()), e);
    }
  }

  private static Optional<UpState> parse(byte[] json) {
    try {
      return JsonReader.read(json) instanceof JsonObject object
          ? Optional.of(
              new UpState(
                  number(object, "pid"),
                  object.members().get("ready") instanceof JsonBoolean(boolean value) && value,
                  new Ports((int) number(object, "frontendPort"), (int) number(object, "uiPort"))))
          : Optional.empty();
    } catch (JsonException _) {
      return Optional.empty();
    }
  }

  private static long number(JsonObject object, String name) {
    return object.members().get(name) instanceof JsonNumber number ? (long) number.value() : 0;
  }
}
