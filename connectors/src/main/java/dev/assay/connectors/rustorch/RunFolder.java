package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.Source;
import java.nio.file.Path;
import java.util.Optional;

final class RunFolder {
  static final String SYSTEM = "rustorch";

  private RunFolder() {}

  static ReadRun read(String experiment, Path folder, boolean digestArtifacts) {
    RunDraft draft =
        new RunDraft(new Source(SYSTEM, folder.toString()), experiment, Folder.name(folder));
    draft.problem("", "not yet read " + digestArtifacts);
    return new ReadRun(draft.build(), Optional.empty());
  }
}
