package dev.assay.cli.quarantine;

import dev.assay.model.cases.CaseEvent.Proposed;
import dev.assay.model.cases.CaseFile.Pending;
import dev.assay.model.cases.Wish;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a case proposes, and its two times: until when people may decide, and when a waiver ends.
 */
final class ShownProposal {
  private ShownProposal() {}

  /** Who has agreed, of whom. */
  static String standing(Pending pending) {
    return "%s; %d agreed of %s"
        .formatted(action(pending), pending.decisions().size(), required(pending.proposed()));
  }

  /** When people must have decided, and what becomes of it else. */
  static String decideBefore(Pending pending) {
    return "%s, when the proposal ends".formatted(CaseTimes.of(pending.proposed().expires()));
  }

  /** When the waiver ends that is proposed, if one is. */
  static Optional<Instant> waiverEnd(Pending pending) {
    return pending.proposed().wish() instanceof Wish.Waiver(Instant until, var _)
        ? Optional.of(until)
        : Optional.empty();
  }

  /** For whoever is about to sign it. */
  static String sentence(String caseId, Pending pending) {
    return "%s of %s, revision %s%s; people may decide until %s"
        .formatted(
            action(pending),
            caseId,
            pending.proposed().runDigest().abbreviated(),
            waiverEnd(pending)
                .map(at -> ", by which the run may go on until " + CaseTimes.of(at))
                .orElse(""),
            CaseTimes.of(pending.proposed().expires()));
  }

  /** For programs; docs/cases.md has the fields. */
  static JsonObject json(Pending pending) {
    JsonObject required = JsonObject.EMPTY;
    SortedMap<String, Integer> roles = new TreeMap<>(pending.proposed().required());
    for (Map.Entry<String, Integer> role : roles.entrySet()) {
      required = required.with(role.getKey(), role.getValue());
    }
    JsonObject json =
        JsonObject.EMPTY
            .with("action", action(pending))
            .with("agreed", pending.decisions().size())
            .with("decideBefore", pending.proposed().expires().toString())
            .with("required", required);
    return waiverEnd(pending).map(at -> json.with("waiverEnds", at.toString())).orElse(json);
  }

  private static String action(Pending pending) {
    return pending.proposed().wish().action().text();
  }

  private static String required(Proposed proposed) {
    return proposed.required().entrySet().stream()
        .map(role -> "%d %s".formatted(role.getValue(), role.getKey()))
        .collect(Collectors.joining(" and "));
  }
}
