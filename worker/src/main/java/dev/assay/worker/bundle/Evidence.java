package dev.assay.worker.bundle;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.run.RunCodec;
import dev.assay.model.verdict.FindingsForm;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.registry.Document;
import dev.assay.registry.JudgementRow;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The documents that entries refer to by digest, from the registry. One that isn't there any more
 * is left out: whoever checks the bundle is told that it is missing. One that isn't what its digest
 * says ends the work: {@link dev.assay.registry.EvidenceDamagedException}.
 */
final class Evidence {
  private final Registry registry;
  private final BundleZip zip;
  private final JudgedPages judged;

  Evidence(Registry registry, BundleZip zip) {
    this.registry = registry;
    this.zip = zip;
    this.judged = new JudgedPages(registry);
  }

  /** Writes what one entry refers to; of a verdict, gives the judgement. */
  Optional<Judgement> put(StoredEntry entry) throws IOException {
    switch (entry.kind()) {
      case EntryKind.RUN_IMPORTED, EntryKind.RUN_CHANGED -> {
        run(digest(entry, "runDigest"));
        document(digest(entry, "artifacts"));
        document(digest(entry, "artifactsFirst"));
      }
      case EntryKind.VALIDATION_PLANNED -> {
        document(digest(entry, "policyDigest"));
        document(digest(entry, "pins"));
        for (Sha256 run : PayloadDigests.all(entry.payload(), "pinnedRuns")) {
          run(Optional.of(run));
        }
        header(entry);
      }
      case EntryKind.DECISION_ACCEPTED -> document(digest(entry, "envelopeDigest"));
      case EntryKind.RUN_VERDICT -> {
        run(digest(entry, "runDigest"));
        return findings(entry);
      }
      default -> {}
    }
    return Optional.empty();
  }

  /** Writes the runs of a workflow's plan, and the documents that these pin. */
  void putPlan(String workflowId) throws IOException {
    Optional<PlanHeader> header = registry.plans().header(workflowId);
    if (header.isPresent()) {
      int runs = header.get().rowCount();
      zip.put(BundlePaths.plan(header.get().digest()), out -> writeRuns(workflowId, runs, out));
      for (int from = 0; from < runs; from += Registry.BATCH) {
        for (PlanRow row : rows(workflowId, from, runs)) {
          document(row.artifactsNow());
          document(row.artifactsFirst());
          document(row.duplicates());
        }
        int to = Math.min(runs, from + Registry.BATCH);
        for (var ofRun : registry.observations().read(workflowId, from, to).values()) {
          documents(ofRun.values());
        }
      }
    }
  }

  private void writeRuns(String workflowId, int runs, OutputStream out) throws IOException {
    for (int from = 0; from < runs; from += Registry.BATCH) {
      for (PlanRow row : rows(workflowId, from, runs)) {
        out.write(row.planned().leaf());
        out.write('\n');
      }
    }
  }

  private List<PlanRow> rows(String workflowId, int from, int runs) {
    return registry.plans().shard(workflowId, from, Math.min(runs, from + Registry.BATCH));
  }

  private void run(Optional<Sha256> digest) throws IOException {
    if (digest.isPresent() && !zip.has(BundlePaths.document(digest.get()))) {
      var run = registry.runRevisions().find(digest.get());
      if (run.isPresent()) {
        put(digest.get(), RunCodec.encode(run.get()).bytes());
      }
    }
  }

  private void document(Optional<Sha256> digest) throws IOException {
    if (digest.isPresent() && !zip.has(BundlePaths.document(digest.get()))) {
      Optional<Document> document = registry.documents().find(digest.get());
      if (document.isPresent()) {
        put(digest.get(), document.get().bytes());
      }
    }
  }

  private void documents(Collection<Sha256> digests) throws IOException {
    for (Sha256 digest : digests) {
      document(Optional.of(digest));
    }
  }

  private void header(StoredEntry planned) throws IOException {
    Optional<PlanHeader> header = registry.plans().header(planned.correlation().workflowId());
    if (header.isPresent()) {
      put(header.get().digest(), CanonicalJson.encode(header.get().header()));
    }
  }

  private Optional<Judgement> findings(StoredEntry verdict) throws IOException {
    Optional<Judgement> judgement = judged.of(verdict);
    if (judgement.isPresent()) {
      byte[] form = FindingsForm.encode(judgement.get().findings());
      put(Sha256.of(form), form);
      document(judged.planned(verdict).flatMap(PlanRow::duplicates));
      documents(judged.observations(verdict));
    }
    return judgement;
  }

  private void put(Sha256 digest, byte[] bytes) throws IOException {
    String path = BundlePaths.document(digest);
    if (!zip.has(path)) {
      zip.put(path, bytes);
    }
  }

  private static Optional<Sha256> digest(StoredEntry entry, String member) {
    return entry.payload().members().get(member) instanceof JsonString(String hex)
        ? Optional.of(new Sha256(hex))
        : Optional.empty();
  }

  /** Judgements by the ordinal in a verdict's key; neighbours are read together. */
  private static final class JudgedPages {
    private final Registry registry;
    private String workflowId = "";
    private int from;
    private List<JudgementRow> page = List.of();
    private Map<Integer, PlanRow> plan = Map.of();
    private Map<Integer, SortedMap<String, Sha256>> observations = Map.of();
    private Optional<PlannedChecks> checks = Optional.empty();

    JudgedPages(Registry registry) {
      this.registry = registry;
    }

    /** The row of the verdict that {@link #of} was asked for last. */
    Optional<PlanRow> planned(StoredEntry verdict) {
      return Optional.ofNullable(plan.get(ordinal(verdict)));
    }

    /** What programs showed of its run, likewise. */
    Collection<Sha256> observations(StoredEntry verdict) {
      return observations.getOrDefault(ordinal(verdict), new TreeMap<>()).values();
    }

    Optional<Judgement> of(StoredEntry verdict) {
      String workflow = verdict.correlation().workflowId();
      int ordinal = ordinal(verdict);
      if (ordinal < 0) {
        return Optional.empty();
      }
      if (!workflow.equals(workflowId) || ordinal < from || ordinal >= from + Registry.BATCH) {
        workflowId = workflow;
        from = ordinal;
        read(workflow);
      }
      return page.stream()
          .filter(row -> row.planOrdinal() == ordinal)
          .findFirst()
          .map(
              row ->
                  row.judgement(checks.orElseThrow(), Objects.requireNonNull(plan.get(ordinal))));
    }

    /** The plan ordinal in the verdict's key; -1 if it has none. */
    private static int ordinal(StoredEntry verdict) {
      String prefix = verdict.correlation().workflowId() + "/verdict/";
      String text =
          verdict.key().startsWith(prefix) ? verdict.key().substring(prefix.length()) : "";
      return text.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(text) : -1;
    }

    private void read(String workflow) {
      int to = Math.min(registry.plans().count(workflow), from + Registry.BATCH);
      page = from < to ? registry.judgements().read(workflow, from, to) : List.of();
      if (!page.isEmpty()) {
        observations = registry.observations().read(workflow, from, to);
        checks = Optional.of(registry.plans().checks(workflow));
        plan =
            registry.plans().shard(workflow, from, to).stream()
                .collect(Collectors.toMap(PlanRow::ordinal, row -> row));
      }
    }
  }
}
