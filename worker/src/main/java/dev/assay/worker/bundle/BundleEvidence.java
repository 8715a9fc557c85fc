package dev.assay.worker.bundle;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.bundle.BundleIssue.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** What the recorded verdicts of a workflow say, by the ordinal in their keys. */
  private final Map<String, Map<Long, Verdict>> verdicts = new HashMap<>();

  private final List<PlainEntry> sealed = new ArrayList<>();

  /** Kind and subject of every entry, as {@code kind subject}; kinds have no spaces. */
  private final Set<String> seen = new TreeSet<>();

  private record Verdict(String runDigest, String findingsDigest) {}

  BundleEvidence(BundleFiles files, Consumer<BundleIssue> issues) {
    this.files = files;
    this.issues = issues;
    files
        .good()
        .forEach(
            (path, digest) -> {
              if (path.equals("documents/%s.json".formatted(digest))) {
                documents.add(path);
              } else if (BundlePaths.isDocument(path)) {
                report(Kind.EVIDENCE_EDITED, path, "its bytes don't have the digest in its name");
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
    JsonObject payload = entry.payload();
    seen.add(entry.kind() + " " + entry.subject());
    switch (entry.kind()) {
      case EntryKind.RUN_IMPORTED, EntryKind.RUN_CHANGED -> {
        require(entry, "runDigest");
        for (String member : new String[] {"artifacts", "artifactsFirst"}) {
          if (payload.members().containsKey(member)) {
            require(entry, member);
          }
        }
      }
      case EntryKind.VALIDATION_PLANNED -> {
        require(entry, "policyDigest");
        planned(entry);
      }
      case EntryKind.RUN_VERDICT -> {
        require(entry, "runDigest");
        verdict(entry);
      }
      case EntryKind.VALIDATION_SEALED -> sealed.add(entry);
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
      }
    }
    for (PlainEntry entry : sealed) {
      if (subject instanceof BundleSubject.Workflow(String id) && id.equals(entry.subject())) {
        outcome(entry);
      }
    }
  }

  private void requireAny(String about, String... kinds) {
    if (Stream.of(kinds).noneMatch(kind -> seen.contains(kind + " " + about))) {
      missing.add("%s of %s".formatted(String.join(" or ", kinds), about));
    }
  }

  /** Whether the document that a member of an entry's payload names is there and good. */
  private boolean require(PlainEntry entry, String member) {
    String path = "documents/%s.json".formatted(digest(entry, member));
    if (!documents.contains(path)) {
      missing.add("%s (%s of entry %d)".formatted(path, member, entry.index()));
      return false;
    }
    return true;
  }

  /** What is in the document that a member of an entry's payload names. */
  private Optional<JsonValue> read(PlainEntry entry, String member) throws IOException {
    if (!require(entry, member)) {
      return Optional.empty();
    }
    String path = "documents/%s.json".formatted(digest(entry, member));
    try {
      return Optional.of(JsonReader.read(files.bytes(path)));
    } catch (JsonException e) {
      report(Kind.EVIDENCE_EDITED, path, "it isn't JSON: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The header that the plan digest names must say what the entry says. */
  private void planned(PlainEntry entry) throws IOException {
    Optional<JsonValue> header = read(entry, "planDigest");
    if (header.isPresent()
        && !(header.get() instanceof JsonObject(var members)
            && entry.payload().members().entrySet().containsAll(members.entrySet()))) {
      report(
          Kind.EVIDENCE_EDITED,
          "documents/%s.json".formatted(digest(entry, "planDigest")),
          "the plan isn't the one of entry %d".formatted(entry.index()));
    }
  }

  private void verdict(PlainEntry entry) throws IOException {
    String workflow = entry.correlation().workflowId();
    String prefix = workflow + "/verdict/";
    if (entry.key().startsWith(prefix)
        && entry.key().substring(prefix.length()).matches("0|[1-9][0-9]{0,8}")) {
      verdicts
          .computeIfAbsent(workflow, _ -> new HashMap<>())
          .put(
              Long.parseLong(entry.key().substring(prefix.length())),
              new Verdict(digest(entry, "runDigest"), digest(entry, "findingsDigest")));
    }
    Optional<JsonValue> findings = read(entry, "findingsDigest");
    if (findings.isPresent()) {
      String decided =
          findings.get() instanceof JsonArray(List<JsonValue> list) ? decide(list) : "";
      if (!decided.equals(entry.outcome())) {
        issues.accept(
            new BundleIssue(
                Kind.VERDICT_FORGED,
                BundlePaths.ENTRIES,
                entry.index(),
                "entry %d says %s of %s, its findings decide %s"
                    .formatted(entry.index(), entry.outcome(), entry.subject(), decided)));
      }
    }
  }

  /**
   * The rule of docs/formats/validation.md, "Findings digest"; written anew, not the evaluator's.
   */
  private static String decide(List<JsonValue> findings) {
    Set<String> seen = new TreeSet<>();
    for (JsonValue finding : findings) {
      if (finding instanceof JsonObject(var members)
          && members.get("severity") instanceof JsonString(String severity)
          && members.get("verdict") instanceof JsonString(String verdict)) {
        seen.add(severity + " " + verdict);
      } else {
        return "nothing that can be read";
      }
    }
    if (findings.isEmpty()) {
      return "UNSELECTED";
    }
    if (seen.contains("block FAIL")) {
      return "FAIL";
    }
    if (seen.contains("block INDETERMINATE")) {
      return "INDETERMINATE";
    }
    return seen.contains("warn FAIL") || seen.contains("warn INDETERMINATE") ? "WARN" : "PASS";
  }

  /** The outcome root, from the plan's runs and the recorded verdicts. */
  private void outcome(PlainEntry seal) throws IOException {
    String planDigest = digest(seal, "planDigest");
    String path = "plans/%s.jsonl".formatted(planDigest);
    Map<Long, Verdict> judged = verdicts.getOrDefault(seal.subject(), Map.of());
    if (!files.good().containsKey(path)) {
      missing.add("%s (runs of entry %d)".formatted(path, seal.index()));
      return;
    }
    MerkleRoot runs = new MerkleRoot();
    MerkleRoot outcome = new MerkleRoot();
    outcome.add(new Sha256(planDigest).bytes());
    boolean whole = true;
    try (BoundedLines lines = new BoundedLines(files.stream(path), path)) {
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        byte[] leaf = line.get();
        Verdict verdict = judged.get(runs.size());
        runs.add(leaf);
        if (verdict == null || !digestOf(leaf).equals(verdict.runDigest())) {
          whole = false;
        } else {
          outcome.add(
              new Sha256(verdict.runDigest()).bytes(),
              new Sha256(verdict.findingsDigest()).bytes());
        }
      }
    }
    Optional<JsonValue> header = read(seal, "planDigest");
    if (header.isPresent()
        && header.get() instanceof JsonObject(var members)
        && !new JsonString(runs.root().hex()).equals(members.get("runsRoot"))) {
      report(Kind.EVIDENCE_EDITED, path, "these aren't the runs of the plan");
    } else if (!whole || !outcome.root().hex().equals(digest(seal, "outcomeRoot"))) {
      issues.accept(
          new BundleIssue(
              Kind.OUTCOME_FORGED,
              BundlePaths.ENTRIES,
              seal.index(),
              "entry %d seals outcome root %s, plan and verdicts give %s"
                  .formatted(
                      seal.index(),
                      digest(seal, "outcomeRoot"),
                      whole ? outcome.root() : "none: a verdict is missing")));
    }
  }

  private static String digestOf(byte[] leaf) {
    try {
      return JsonReader.read(leaf) instanceof JsonObject(var members)
              && members.get("digest") instanceof JsonString(String digest)
          ? digest
          : "";
    } catch (JsonException _) {
      return "";
    }
  }

  private static String digest(PlainEntry entry, String member) {
    return entry.payload().members().get(member) instanceof JsonString(String hex)
            && hex.matches("[0-9a-f]{64}")
        ? hex
        : "0".repeat(64);
  }

  private void report(Kind kind, String path, String detail) {
    issues.accept(BundleIssue.of(kind, path, detail));
  }
}
