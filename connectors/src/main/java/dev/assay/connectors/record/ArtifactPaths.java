package dev.assay.connectors.record;

/** Paths of artifacts as a record names them. */
public final class ArtifactPaths {
  private ArtifactPaths() {}

  /**
   * The path, which stays in its run.
   *
   * @throws RecordException if it is empty, absolute, has {@code ..} or a backslash
   */
  public static String checked(String path) throws RecordException {
    if (path.isEmpty()
        || path.startsWith("/")
        || path.indexOf('\\') >= 0
        || path.indexOf('\0') >= 0) {
      throw leaves(path);
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw leaves(path);
      }
    }
    return path;
  }

  private static RecordException leaves(String path) {
    return new RecordException(
        "the artifact path %s leaves the run or isn't plain; write it relative, with '/' and no '..'"
            .formatted(Texts.shown(path)));
  }
}
