package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.record.ArtifactPaths;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The files of a run as the server lists them. A list that the server can't give, or can't know, is
 * a problem at {@link Problem#ARTIFACTS}: nothing is then said of files that aren't listed.
 */
final class ServerFiles {
  /** Folders of one run, each a call. */
  private static final int MAX_FOLDERS = 10_000;

  private final RunDraft draft;
  private final List<ServerFile> files = new ArrayList<>();
  private int folders;

  ServerFiles(RunDraft draft) {
    this.draft = draft;
  }

  /** Lists one folder, of which the path is empty for the root. */
  @FunctionalInterface
  interface Lister {
    JsonObject list(String folder, Optional<String> pageToken) throws ReplyException;
  }

  /**
   * A file.
   *
   * @param path in the run
   * @param root the address of the folder that it is in or below
   * @param pathInRoot below that folder
   * @param size in bytes
   */
  record ServerFile(String path, ArtifactRoot root, String pathInRoot, long size) {}

  /** All files found, in the order of their listing. */
  List<ServerFile> files() {
    return List.copyOf(files);
  }

  /** Takes all files that {@code lister} lists, their paths after {@code prefix}. */
  void addAll(Lister lister, String prefix) {
    Deque<String> waiting = new ArrayDeque<>(List.of(""));
    while (!waiting.isEmpty()) {
      String folder = waiting.pop();
      if (++folders + waiting.size() > MAX_FOLDERS) {
        draft.problem(
            Problem.ARTIFACTS, "more than %d folders; not all are read".formatted(MAX_FOLDERS));
        return;
      }
      try {
        waiting.addAll(folder(lister, prefix, folder));
      } catch (ReplyException e) {
        unreachable(prefix + folder, "its answer is " + e.lasting());
      } catch (RecordException e) {
        draft.problem(Problem.ARTIFACTS, e);
      }
    }
  }

  /** Takes a folder's files; gives the folders in it. */
  private List<String> folder(Lister lister, String prefix, String folder)
      throws ReplyException, RecordException {
    List<String> below = new ArrayList<>();
    boolean empty = true;
    Pages pages = new Pages("artifacts/list");
    do {
      JsonObject page = lister.list(folder, pages.token());
      ArtifactRoot root = new ArtifactRoot(JsonFiles.text(page, "root_uri").orElse(""));
      for (JsonObject item : Api.objects(page, "files")) {
        empty = false;
        String path = inside(folder, JsonFiles.text(item, "path").orElse(""));
        if (item.members().get("is_dir") instanceof JsonBoolean(boolean dir) && dir) {
          below.add(path);
        } else if (!file(prefix, root, path, item)) {
          return List.of(); // beyond the bound, which was told
        }
      }
      pages.follow(Api.nextPage(page));
      if (empty && folder.isEmpty() && !pages.more() && root.isOnADisk()) {
        unreachable(
            root.shown(),
            "the server lists nothing there, and can't see it if it is another machine's disk");
      }
    } while (pages.more() && below.size() < MAX_FOLDERS);
    return below;
  }

  private boolean file(String prefix, ArtifactRoot root, String path, JsonObject item) {
    Optional<Long> size = Api.integer(item, "file_size").filter(bytes -> bytes >= 0);
    if (size.isEmpty()) {
      draft.problem(prefix + path, "the server names no size of this file");
      return true;
    }
    if (!draft.artifact(prefix + path, new Artifact(prefix + path, size.get(), Optional.empty()))) {
      return false;
    }
    files.add(new ServerFile(prefix + path, root, path, size.get()));
    return true;
  }

  /** A path that stands below the folder that was asked for, and not too deep. */
  private static String inside(String folder, String path) throws RecordException {
    ArtifactPaths.checked(path);
    if (!folder.isEmpty() && !path.startsWith(folder + "/")) {
      throw new RecordException(
          "asked for the files in %s, the server lists %s"
              .formatted(Texts.shown(folder), Texts.shown(path)));
    }
    if (path.chars().filter(c -> c == '/').count() > Limits.DEPTH) {
      throw new RecordException(
          "%s is deeper than %d folders; not read below this"
              .formatted(Texts.shown(path), Limits.DEPTH));
    }
    return path;
  }

  private void unreachable(String place, String why) {
    draft.problem(
        Problem.ARTIFACTS,
        "the artifacts at %s can't be reached through the server: %s; let it serve them (mlflow server --serve-artifacts)"
            .formatted(Texts.shown(place.isEmpty() ? "the run's root" : place), why));
  }
}
