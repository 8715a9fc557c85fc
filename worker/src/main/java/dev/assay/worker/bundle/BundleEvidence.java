package dev.assay.worker.bundle;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.bundle.BundleIssue.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The documents of a bundle against the entries that refer to them. */
final class BundleEvidence {
  private final BundleFiles files;
  private final Consumer<BundleIssue> issues;
  private final Set<String> missing = new TreeSet<>();

  /** Paths of documents whose bytes have the digest in their name. */
  private final Set<String> documents = new TreeSet<>();

  private final ProvenVerdicts verdicts = new ProvenVerdicts();
  private final BundledDecisions decisions;
  private final List<PlainEntry> sealed = new ArrayList<>();

  /** Kind and subject of every entry, as {@code kind subject}; kinds have no spaces. */
  private final Set<String> seen = new TreeSet<>();

  BundleEvidence(BundleFiles files, Consumer<BundleIssue> issues) {
    this.files = files;
    this.issues = issues;
    this.decisions = new BundledDecisions(files.manifest().checkpoint().origin());
    files
        .good()
        .forEach(
            (path, digest) -> {
              if (path.equals("documents/%s.json".formatted(digest))) {
                documents.add(path);
              } else if (BundlePaths.isDocument(path)) {
                edited(path, "its bytes don't have the digest in its name");
              }
            });
  }

  long documents() {
    return documents.size();
  }

  List<String> missing() {
    return missing.stream().limit(BundleReport.MAX_LISTED).toList();
  }

  /** An entry that is in the tree. */
  void add(PlainEntry entry) throws IOException {
    seen.add(entry.kind() + " " + entry.subject());
    switch (entry.kind()) {
      case EntryKind.RUN_IMPORTED, EntryKind.RUN_CHANGED -> {
        require(entry, "runDigest");
        for (String member : new String[] {"artifacts", "artifactsFirst"}) {
          if (entry.payload().members().containsKey(member)) {
            require(entry, member);
          }
        }
      }
      case EntryKind.VALIDATION_PLANNED -> {
        require(entry, "policyDigest");
        pinned(entry);
        planned(entry);
      }
      case EntryKind.RUN_VERDICT -> {
        require(entry, "runDigest");
        verdicts.add(entry);
        verdict(entry);
      }
      case EntryKind.VALIDATION_SEALED -> sealed.add(entry);
      case EntryKind.CASE_PROPOSED -> decisions.propose(entry);
      case EntryKind.DECISION_ACCEPTED -> decision(entry);
      default -> {}
    }
  }

  /**
   * What can be told only when every entry was seen. A workflow without its end is never whole:
   * what it decided may have been left out.
   */
  void finish(BundleSubject subject, String origin) throws IOException {
    requireAny(origin, EntryKind.LEDGER_CREATED);
    switch (subject) {
      case BundleSubject.Run(String id) ->
          requireAny(id, EntryKind.RUN_IMPORTED, EntryKind.RUN_CHANGED, EntryKind.RUN_VERDICT);
      case BundleSubject.Workflow(String id) -> {
        requireAny(id, EntryKind.VALIDATION_PLANNED);
        requireAny(id, EntryKind.VALIDATION_SEALED, EntryKind.VALIDATION_ABANDONED);
        for (PlainEntry entry : sealed) {
          if (id.equals(entry.subject())) {
            outcome(entry);
          }
        }
      }
    }
  }

  private void requireAny(String about, String... kinds) {
    if (Stream.of(kinds).noneMatch(kind -> seen.contains(kind + " " + about))) {
      missing.add("%s of %s".formatted(String.join(" or ", kinds), about));
    }
  }

  /** The path of the document that a member of an entry's payload names, if it is there. */
  private Optional<String> require(PlainEntry entry, String member) {
    return require(entry, member, PayloadDigests.of(entry, member));
  }

  private Optional<String> require(PlainEntry entry, String member, Optional<Sha256> digest) {
    Optional<String> path = digest.map(BundlePaths::document);
    if (path.filter(documents::contains).isEmpty()) {
      missing.add(
          "%s (%s of entry %d)".formatted(path.orElse("a document"), member, entry.index()));
      return Optional.empty();
    }
    return path;
  }

  /** What the plan's checks read outside of its runs. */
  private void pinned(PlainEntry entry) {
    JsonObject payload = entry.payload();
    if (payload.members().containsKey("pins")) {
      require(entry, "pins");
    }
    if (payload.members().get("pinnedRuns") instanceof JsonArray(List<JsonValue> runs)) {
      List<Sha256> digests = PayloadDigests.all(payload, "pinnedRuns");
      digests.forEach(digest -> require(entry, "pinnedRuns", Optional.of(digest)));
      if (digests.size() < runs.size()) {
        require(entry, "pinnedRuns", Optional.empty());
      }
    } else if (payload.members().containsKey("pinnedRuns")) {
      require(entry, "pinnedRuns", Optional.empty());
    }
  }

  /** The header that the plan digest names must say what the entry says. */
  private void planned(PlainEntry entry) throws IOException {
    Optional<String> path = require(entry, "planDigest");
    if (path.isPresent()) {
      Optional<JsonObject> header = header(path.get());
      if (header.isPresent()
          && !entry.payload().members().entrySet().containsAll(header.get().members().entrySet())) {
        edited(path.get(), "the plan isn't the one of entry %d".formatted(entry.index()));
      }
    }
  }

  private Optional<JsonObject> header(String path) throws IOException {
    try {
      if (StrictJson.read(files.bytes(path)) instanceof JsonObject header) {
        return Optional.of(header);
      }
    } catch (JsonException _) {
      // as below
    }
    edited(path, "it isn't a plan's header");
    return Optional.empty();
  }

  private void decision(PlainEntry entry) throws IOException {
    Optional<String> path = require(entry, "envelopeDigest");
    if (!decisions.hasProposalOf(entry)) {
      missing.add(
          "%s (proposal of entry %d)".formatted(BundledDecisions.proposalOf(entry), entry.index()));
    } else if (path.isPresent()) {
      decisions
          .trouble(entry, files.bytes(path.get()))
          .ifPresent(
              why ->
                  forged(
                      Kind.DECISION_UNSUPPORTED,
                      entry,
                      "entry %d, a decision about case %s: %s"
                          .formatted(entry.index(), entry.subject(), why)));
    }
  }

  private void verdict(PlainEntry entry) throws IOException {
    Optional<String> path = require(entry, "findingsDigest");
    if (path.isPresent()) {
      String decided = decided(path.get());
      if (!decided.equals(entry.outcome())) {
        forged(
            Kind.VERDICT_FORGED,
            entry,
            "entry %d says %s of %s, its findings decide %s"
                .formatted(entry.index(), entry.outcome(), entry.subject(), decided));
      }
    }
  }

  private String decided(String path) throws IOException {
    try {
      return Verdict.of(StrictJson.read(files.bytes(path)));
    } catch (JsonException e) {
      return "nothing, because they can't be read: " + e.getMessage();
    }
  }

  /** The outcome root, from the plan's runs and the recorded verdicts. */
  private void outcome(PlainEntry seal) throws IOException {
    Optional<Sha256> plan = PayloadDigests.of(seal, "planDigest");
    Optional<String> path =
        plan.map(BundlePaths::plan).filter(file -> files.good().containsKey(file));
    Optional<String> header = require(seal, "planDigest");
    if (path.isEmpty()) {
      missing.add(
          "%s (runs of entry %d)"
              .formatted(plan.map(BundlePaths::plan).orElse("a plan"), seal.index()));
    }
    if (path.isEmpty() || header.isEmpty()) {
      return;
    }
    SealedRuns runs;
    try (BoundedLines lines = new BoundedLines(files.stream(path.get()))) {
      runs = SealedRuns.read(lines, plan.orElseThrow(), verdicts.of(seal.subject()));
    } catch (JsonException e) {
      edited(path.get(), "it isn't a list of a plan's runs: " + e.getMessage());
      return;
    }
    Optional<JsonObject> said = header(header.get());
    Optional<JsonValue> root = said.map(json -> json.members().get("runsRoot"));
    if (!root.equals(Optional.of(new JsonValue.JsonString(runs.runsRoot().hex())))) {
      edited(path.get(), "these aren't the runs of the plan");
    } else if (!runs.outcomeRoot().equals(PayloadDigests.of(seal, "outcomeRoot"))
        || runs.outcomeRoot().isEmpty()) {
      forged(
          Kind.OUTCOME_FORGED,
          seal,
          "entry %d seals another outcome root than plan and verdicts give, which is %s"
              .formatted(
                  seal.index(),
                  runs.outcomeRoot().map(Sha256::hex).orElse("none: a verdict is missing")));
    }
  }

  private void edited(String path, String detail) {
    issues.accept(BundleIssue.of(Kind.EVIDENCE_EDITED, path, detail));
  }

  private void forged(Kind kind, PlainEntry entry, String detail) {
    issues.accept(new BundleIssue(kind, BundlePaths.ENTRIES, entry.index(), detail));
  }
}
