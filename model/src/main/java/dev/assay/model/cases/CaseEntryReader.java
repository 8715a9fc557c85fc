package dev.assay.model.cases;

import dev.assay.model.cases.CaseEvent.Assigned;
import dev.assay.model.cases.CaseEvent.Changed;
import dev.assay.model.cases.CaseEvent.Commented;
import dev.assay.model.cases.CaseEvent.Decided;
import dev.assay.model.cases.CaseEvent.Escalated;
import dev.assay.model.cases.CaseEvent.Expired;
import dev.assay.model.cases.CaseEvent.Judged;
import dev.assay.model.cases.CaseEvent.Proposed;
import dev.assay.model.cases.CaseEvent.Rejected;
import dev.assay.model.cases.CaseEvent.Released;
import dev.assay.model.cases.CaseEvent.Remediating;
import dev.assay.model.cases.CaseEvent.Reminded;
import dev.assay.model.cases.CaseEvent.Reopened;
import dev.assay.model.cases.CaseEvent.Revalidating;
import dev.assay.model.cases.CaseEvent.Waived;
import dev.assay.model.cases.CaseEvent.WaiverEnded;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a case's entries back. What isn't as {@link CaseCodec} writes it is refused. */
public final class CaseEntryReader {
  private final CaseEntry entry;

  private CaseEntryReader(CaseEntry entry) {
    this.entry = entry;
  }

  /**
   * The transition.
   *
   * @throws CaseRecordException if it is none
   */
  public static CaseEvent event(CaseEntry entry) {
    try {
      return new CaseEntryReader(entry).event();
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new CaseRecordException(
          "an entry of kind %s: %s".formatted(entry.kind(), e.getMessage()));
    }
  }

  /**
   * Id of what was asked.
   *
   * @throws CaseRecordException if there is none
   */
  public static String command(CaseEntry entry) {
    try {
      return new CaseEntryReader(entry).text("command");
    } catch (IllegalArgumentException e) {
      throw new CaseRecordException(
          "an entry of kind %s: %s".formatted(entry.kind(), e.getMessage()));
    }
  }

  /** How a case began, of its {@code case.opened} entry. */
  public static CaseOpened opened(
      String caseId, String outcome, String workflowId, Instant at, JsonObject payload) {
    CaseEntryReader reader = new CaseEntryReader(new CaseEntry("case.opened", payload));
    try {
      return new CaseOpened(
          caseId,
          reader.text("run"),
          reader.digest("runDigest"),
          reader.text("policyName"),
          reader.digest("policyDigest"),
          workflowId,
          RunVerdict.valueOf(reader.text("verdict")),
          CaseState.valueOf(outcome),
          at);
    } catch (IllegalArgumentException e) {
      throw new CaseRecordException("case %s: case.opened: %s".formatted(caseId, e.getMessage()));
    }
  }

  private CaseEvent event() {
    return switch (entry.kind()) {
      case "case.assigned" -> new Assigned(digest("to"));
      case "case.commented" -> new Commented(digest("text"));
      case "case.remediating" ->
          new Remediating(
              new Remedy(
                  Remedy.Kind.of(text("remedy"))
                      .orElseThrow(() -> wrong("remedy", "a remedy's name")),
                  optional("details")));
      case "case.revalidating" ->
          new Revalidating(
              text("workflowId"), text("importSet"), digest("runDigest"), digest("policyDigest"));
      case "case.judged" ->
          new Judged(
              text("workflowId"),
              has("verdict") ? Optional.of(RunVerdict.valueOf(text("verdict"))) : Optional.empty());
      case "case.proposed" ->
          new Proposed(wish(), digest("runDigest"), time("expires"), required());
      case "decision.accepted" -> decided();
      case "case.released" -> new Released(optional("reason"));
      case "case.waived" -> new Waived(time("until"), optional("reason"));
      case "case.rejected" -> new Rejected(optional("reason"));
      case "case.reopened" -> new Reopened(optional("reason"));
      case "case.reminded" -> new Reminded(number("number"));
      case "case.escalated" -> new Escalated(texts("to"));
      case "case.expired" -> new Expired(time("deadline"));
      case "case.waiver-ended" -> new WaiverEnded(time("until"));
      case "case.changed" -> new Changed(digest("runDigest"), text("workflowId"));
      default -> throw new IllegalArgumentException("no transition of a case");
    };
  }

  private Wish wish() {
    return switch (text("action")) {
      case "release" -> new Wish.Release(optional("reason"));
      case "waive" -> new Wish.Waiver(time("until"), optional("reason"));
      default -> throw wrong("action", "release or waive");
    };
  }

  private SortedMap<String, Integer> required() {
    SortedMap<String, Integer> required = new TreeMap<>();
    if (!(member("required") instanceof JsonObject roles)) {
      throw wrong("required", "an object");
    }
    roles.members().forEach((role, count) -> required.put(role, number("required", count)));
    return required;
  }

  private Decided decided() {
    boolean approves =
        switch (text("decision")) {
          case "approve" -> true;
          case "decline" -> false;
          default -> throw wrong("decision", "approve or decline");
        };
    return new Decided(
        number("ordinal"),
        approves,
        text("person"),
        text("key"),
        texts("roles"),
        digest("envelopeDigest"),
        digest("trustDigest"));
  }

  private boolean has(String name) {
    return entry.payload().members().containsKey(name);
  }

  private JsonValue member(String name) {
    return Optional.ofNullable(entry.payload().members().get(name))
        .orElseThrow(() -> wrong(name, "there"));
  }

  private String text(String name) {
    return member(name) instanceof JsonString(String value) ? value : fail(name, "a string");
  }

  private List<String> texts(String name) {
    if (!(member(name) instanceof JsonArray(List<JsonValue> items))) {
      throw wrong(name, "a list");
    }
    return items.stream()
        .map(item -> item instanceof JsonString(String value) ? value : fail(name, "of strings"))
        .toList();
  }

  private int number(String name) {
    return number(name, member(name));
  }

  private static int number(String name, JsonValue value) {
    if (value instanceof JsonNumber(double number)
        && number >= 0
        && number <= Integer.MAX_VALUE
        && number == Math.rint(number)) {
      return (int) number;
    }
    throw wrong(name, "a whole number");
  }

  private Sha256 digest(String name) {
    return new Sha256(text(name));
  }

  private Optional<Sha256> optional(String name) {
    return has(name) ? Optional.of(digest(name)) : Optional.empty();
  }

  private Instant time(String name) {
    return Instant.parse(text(name));
  }

  private static String fail(String name, String wanted) {
    throw wrong(name, wanted);
  }

  private static IllegalArgumentException wrong(String name, String wanted) {
    return new IllegalArgumentException("'%s' is not %s".formatted(name, wanted));
  }
}
