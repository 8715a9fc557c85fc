package dev.assay.activities.validation;

import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.PlanHeader;
import dev.assay.registry.PlanRow;
import dev.assay.registry.SortedMember;
import io.temporal.activity.Activity;
import java.util.Iterator;
import java.util.function.Consumer;

/** A plan's rows as they go by, and the header that they add up to. Used by one thread. */
final class PlanRows implements Iterator<PlanRow> {
  private final Sha256 policyDigest;
  private final Iterator<SortedMember> members;
  private final Consumer<SortedMember> visitor;
  private final PinnedInputs pinned;
  private final MerkleRoot runs = new MerkleRoot();

  /**
   * @param members in plan order
   * @param visitor is shown each member before its row
   * @param pinned what the checks read outside of the runs
   */
  PlanRows(
      Sha256 policyDigest,
      Iterator<SortedMember> members,
      Consumer<SortedMember> visitor,
      PinnedInputs pinned) {
    this.policyDigest = policyDigest;
    this.members = members;
    this.visitor = visitor;
    this.pinned = pinned;
  }

  @Override
  public boolean hasNext() {
    return members.hasNext();
  }

  @Override
  public PlanRow next() {
    SortedMember member = members.next();
    visitor.accept(member);
    PlanRow row = pinned.with(member.planRow());
    runs.add(row.planned().leaf());
    heartbeat(row.ordinal());
    return row;
  }

  /** Of the rows until now: ask for it after the last one. */
  PlanHeader header() {
    return new PlanHeader(
        policyDigest, Evaluator.VERSION, Math.toIntExact(runs.size()), runs.root(), pinned.pins());
  }

  /** As {@link #header}, as the registry keeps it. */
  dev.assay.registry.PlanHeader registryHeader() {
    PlanHeader header = header();
    return new dev.assay.registry.PlanHeader(header.digest(), header.toJson(), header.runs());
  }

  /** The engine throttles heartbeats itself; every 256 runs is about a millisecond apart. */
  private static void heartbeat(int ordinal) {
    if ((ordinal & 255) == 255) {
      Activity.getExecutionContext().heartbeat(ordinal);
    }
  }
}
