package dev.assay.activities.validation;

import dev.assay.activities.Pulse;
import dev.assay.model.check.DuplicateSearch;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.plan.PinnedRun;
import dev.assay.model.plan.PlanPins;
import dev.assay.model.policy.RunReference;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.Duplicates;
import dev.assay.model.run.RunEvidence;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.registry.SortedMember;
import dev.assay.workflows.validation.ValidationRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a policy's checks read outside of a run, resolved when the plan is made: the runs that it
 * names, and each run's duplicates in the set. The documents are in the registry when this is done.
 *
 * @param pins the runs that the policy names, if it names any
 * @param duplicates digest of what was found, by plan ordinal
 */
record PinnedInputs(Optional<PlanPins> pins, Map<Integer, Sha256> duplicates) {
  /** Most heads looked at for a reference; more than one that fits is ambiguous anyway. */
  private static final int MAX_HEADS = 1_000;

  /** Runs held in memory at once: 7 KB each on average, 64 MiB each at worst. */
  private static final int PAGE = 250;

  /**
   * Resolves. A plan that the workflow has already stays what it is: the ledger's heads may have
   * moved since it was made.
   */
  static PinnedInputs resolve(
      Registry registry, ValidationRequest request, ValidationPolicy policy) {
    return new PinnedInputs(
        policy.references().isEmpty()
            ? Optional.empty()
            : Optional.of(
                registry
                    .plans()
                    .header(request.workflowId())
                    .map(header -> PinnedBaselines.pins(registry, header))
                    .orElseGet(() -> named(registry, request, policy))),
        policy.duplicateChecks().isEmpty() ? Map.of() : same(registry, request, policy));
  }

  /** The row with what was found of its run. */
  PlanRow with(PlanRow row) {
    return row.withDuplicates(Optional.ofNullable(duplicates.get(row.ordinal())));
  }

  private static PlanPins named(
      Registry registry, ValidationRequest request, ValidationPolicy policy) {
    List<BaselineSearch> searches = new ArrayList<>();
    for (RunReference reference : policy.references()) {
      searches.add(
          new BaselineSearch(
              reference, registry.runHeads().fitting(request.ledger(), reference, MAX_HEADS)));
    }
    Pulse pulse = new Pulse();
    overSet(
        registry,
        request,
        members ->
            members.forEachRemaining(
                member -> {
                  searches.forEach(search -> search.add(member.planRow().key()));
                  pulse.beat(member.ordinal());
                }));
    SortedMap<String, PinnedRun> runs = new TreeMap<>();
    searches.forEach(search -> runs.put(search.reference().text(), search.found()));
    PlanPins pins = new PlanPins(runs);
    registry.documents().save(PlanPins.KIND, CanonicalJson.encode(pins.toJson()));
    return pins;
  }

  private static Map<Integer, Sha256> same(
      Registry registry, ValidationRequest request, ValidationPolicy policy) {
    DuplicateSearch search = new DuplicateSearch(policy.duplicateChecks());
    Pulse pulse = new Pulse();
    overSet(
        registry,
        request,
        members -> {
          while (members.hasNext()) {
            List<PlanRow> rows = new ArrayList<>(PAGE);
            while (members.hasNext() && rows.size() < PAGE) {
              rows.add(members.next().planRow());
            }
            for (RunEvidence evidence : PlannedEvidence.read(registry, rows, Map.of())) {
              search.add(evidence.run().identity(), evidence.run(), evidence.artifactsNow());
            }
            pulse.beat(search.size());
          }
        });
    return save(registry, search, pulse);
  }

  private static Map<Integer, Sha256> save(Registry registry, DuplicateSearch search, Pulse pulse) {
    Map<Integer, Sha256> saved = new HashMap<>();
    List<Integer> ordinals = new ArrayList<>();
    List<byte[]> documents = new ArrayList<>();
    for (int ordinal = 0; ordinal < search.size(); ordinal++) {
      Duplicates found = search.of(ordinal);
      if (!found.equals(Duplicates.NONE)) {
        ordinals.add(ordinal);
        documents.add(CanonicalJson.encode(found.toJson()));
      }
      boolean last = ordinal == search.size() - 1;
      if (!ordinals.isEmpty() && (last || ordinals.size() == Registry.BATCH)) {
        List<Sha256> digests = registry.documents().saveAll(Duplicates.KIND, documents);
        for (int i = 0; i < ordinals.size(); i++) {
          saved.put(ordinals.get(i), digests.get(i));
        }
        ordinals.clear();
        documents.clear();
        pulse.beat(ordinal);
      }
    }
    return saved;
  }

  private static void overSet(
      Registry registry, ValidationRequest request, Consumer<Iterator<SortedMember>> reader) {
    registry
        .importSets()
        .sorted(
            UUID.fromString(request.importSet()),
            request.ledger(),
            members -> {
              reader.accept(members);
              return 0;
            });
  }
}
