package dev.assay.worker.engine;

import java.nio.file.Path;

/** A workflow's history in a file. */
public record KeptHistory(String workflowId, String runId, Path file) {}
