package dev.assay.connectors;

import dev.assay.model.run.Source;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where the files of a run that was read from a local folder are. */
public final class RunFiles {
  private RunFiles() {}

  /** The folder that the paths of its artifacts are relative to; empty if it isn't here. */
  public static Optional<Path> folder(Source source) {
    try {
      Path at = Path.of(source.location());
      Optional<Path> folder =
          switch (source.system()) {
            case "mlflow" -> Optional.of(at.resolve("artifacts"));
            case "rustorch" -> Optional.of(at);
            default -> Optional.empty();
          };
      return folder.filter(Files::isDirectory);
    } catch (InvalidPathException _) {
      return Optional.empty(); // a URI
    }
  }

  /** The file at a path of the run, which needn't be there; empty if its folder isn't. */
  public static Optional<Path> file(Source source, String path) {
    return folder(source).filter(_ -> within(path)).map(folder -> folder.resolve(path));
  }

  /** Whether a path stays within the folder that it is relative to, and names a file there. */
  public static boolean within(String path) {
    return !path.isEmpty()
        && path.indexOf('\0') < 0
        && Arrays.stream(path.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }
}
