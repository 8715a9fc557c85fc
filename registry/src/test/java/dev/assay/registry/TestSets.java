package dev.assay.registry;

import dev.assay.model.run.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Import sets for tests, made and read whole. */
record TestSets(ImportSets sets) {
  static SetMember member(RunIdentity identity, String content) {
    return new SetMember(identity, TestRuns.digest(content), "/" + content, Optional.empty());
  }

  UUID closed(List<SetMember> members) {
    UUID id = sets.create();
    sets.add(id, members);
    sets.close(id);
    return id;
  }

  List<SortedMember> sorted(UUID set, String ledger) {
    return sets.sorted(
        set,
        ledger,
        members -> {
          List<SortedMember> all = new ArrayList<>();
          members.forEachRemaining(all::add);
          return all;
        });
  }
}
