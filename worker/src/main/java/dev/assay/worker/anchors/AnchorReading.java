package dev.assay.worker.anchors;

import dev.assay.evidence.AnchoredNotes;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an anchor gave.
 *
 * @param notes empty if there is a problem
 * @param problem a sentence; empty if there are notes
 */
public record AnchorReading(Path folder, Optional<AnchoredNotes> notes, String problem) {}
