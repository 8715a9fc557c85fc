package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.Checkpoint;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.text.Count;
import dev.assay.worker.anchors.AnchorList;
import dev.assay.worker.anchors.Anchors;
import dev.assay.worker.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** {@code assay ledger anchor publish}. */
@CommandLine.Command(
    name = "publish",
    description = {
      "Publish the last signed checkpoint that this home has to its anchors now. It covers all that"
          + " an anchor missed while it was away.",
      "",
      "Exit 0 if all have it, 5 if one couldn't get it, 3 if nothing was signed yet."
    },
    footer = {"", "Example:", "  assay ledger anchor publish"})
final class AnchorPublishCommand implements Command {
  @Override
  public ExitCode run(Session session) {
    Path home = session.settings().home();
    List<Path> folders = new AnchorList(home).folders();
    if (folders.isEmpty()) {
      throw new UsageException("this home has no anchors; 'assay ledger anchor add DIR' adds one");
    }
    Optional<PinnedCheckpoint> last =
        Storage.pinnedCheckpoint(home.resolve("keys"), session.settings().ledger());
    if (last.isEmpty()) {
      session
          .output()
          .failure(
              ExitCode.NO_ANSWER,
              "ledger %s has no signed checkpoint here yet; 'assay ledger checkpoint' signs one"
                  .formatted(session.settings().ledger()));
      return ExitCode.NO_ANSWER;
    }
    Checkpoint checkpoint = Checkpoint.parse(last.get().note().text());
    List<String> problems = new Anchors(home).publish(last.get().note());
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("anchors", folders.size())
                .with("origin", checkpoint.origin())
                .with("problems", JsonValue.strings(problems))
                .with("size", checkpoint.size()),
            out ->
                out.line(
                    "checkpoint of size %d: %d of %s have it"
                        .formatted(
                            checkpoint.size(),
                            folders.size() - problems.size(),
                            Count.of(folders.size(), "anchor"))));
    problems.forEach(session.output()::hint);
    return problems.isEmpty() ? ExitCode.YES : ExitCode.UNAVAILABLE;
  }
}
