package dev.assay.activities.observing;

import dev.assay.activities.programs.Ending;
import dev.assay.activities.programs.Input;
import dev.assay.activities.programs.Isolation;
import dev.assay.activities.programs.Limits;
import dev.assay.activities.programs.Program;
import dev.assay.activities.programs.ProgramResult;
import dev.assay.activities.programs.ProgramRunner;
import dev.assay.activities.programs.Protection;
import dev.assay.model.digest.Sha256;
import dev.assay.model.observation.Observation;
import dev.assay.model.observation.Seen;
import dev.assay.model.policy.Check.CommandCheck;
import dev.assay.model.policy.Glob;
import dev.assay.model.policy.ProgramLimits;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.schema.RunDocument;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs a {@code command}: its inputs are the run's record and files, its exit code the answer. */
final class CommandObserver {
  private static final long MIB = 1 << 20;

  /** What a program says is evidence; what it computes isn't kept. */
  private static final long OUTPUT = 64 << 10;

  private static final int OWN_FILES = 1_000;

  private final ProgramRunner programs;

  CommandObserver(Isolation isolation) {
    this.programs = new ProgramRunner(isolation);
  }

  Observation observe(CommandCheck check, RunEvidence evidence, Sha256 runDigest)
      throws GivenFiles.UngivenException, InterruptedException {
    GivenFiles files = GivenFiles.of(evidence, check::reads);
    for (Glob glob : check.artifacts()) {
      if (files.byPath().keySet().stream().noneMatch(glob::matches)) {
        throw new GivenFiles.UngivenException(
            "no file of the run matches '%s', so its program wasn't run".formatted(glob));
      }
    }
    Program program;
    try {
      program = program(check, evidence, files);
    } catch (IllegalArgumentException e) {
      throw new GivenFiles.UngivenException(String.valueOf(e.getMessage()));
    }
    ProgramResult result = programs.run(program, limits(check.limits(), files));
    return new Observation(
        runDigest,
        check.id(),
        files.ofTheseFiles(seen(check.run().getFirst(), result)),
        files.digests(),
        result.protections().stream()
            .map(Protection::name)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Program program(CommandCheck check, RunEvidence evidence, GivenFiles files) {
    Input run = Input.bytes(RunDocument.encode(evidence.run()));
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put("run.json", run);
    check.script().ifPresent(script -> inputs.put("script", Input.text(script)));
    files.byPath().forEach((path, file) -> inputs.put("artifacts/" + path, file));
    return new Program(check.run(), check.environment(), inputs, run);
  }

  private static Limits limits(ProgramLimits limits, GivenFiles files) {
    long memory = limits.memoryMiB() * MIB;
    return Limits.DEFAULT
        .wall(limits.timeout())
        .cpu(limits.timeout())
        .output(OUTPUT)
        .memory(memory + files.bytes(), 2 * memory + 1024 * MIB)
        .directory(
            Limits.DEFAULT.directoryBytes() + files.bytes(), OWN_FILES + files.byPath().size());
  }

  private static Seen seen(String program, ProgramResult result) {
    return result.ending() instanceof Ending.Exited(int code)
        ? new Seen.Exited(code, result.stdout().toStringUtf8(), result.stderr().toStringUtf8())
        : new Seen.Nothing(
            "%s: %s"
                .formatted(program, Endings.text(result.ending(), result.stderr().toStringUtf8())));
  }
}
