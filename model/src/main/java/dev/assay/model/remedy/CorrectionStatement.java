package dev.assay.model.remedy;

import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.remedy.Corrections.MetricValue;
import dev.assay.model.statement.Members;
import dev.assay.model.statement.Statement;
import dev.assay.model.statement.StatementException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person signs who corrects a record. It fits one revision of one case's run in one ledger.
 *
 * @param ledger origin of the ledger
 * @param caseId the case
 * @param original digest of the revision that is corrected
 * @param corrections what it should have said
 * @param reason why, as a commitment
 */
public record CorrectionStatement(
    String ledger, String caseId, Sha256 original, Corrections corrections, Sha256 reason) {
  /** The statement's predicate type. */
  public static final String TYPE = "urn:assay:correction:v1";

  /**
   * Reads a statement.
   *
   * @throws StatementException if it is no correction
   */
  public static CorrectionStatement of(Statement statement) {
    Members predicate = statement.predicate(TYPE, List.of("ledger", "metrics", "reason", "tags"));
    if (!statement.subject().startsWith(DecisionStatement.CASE)) {
      throw new StatementException("a correction's subject is case/ and the case's id");
    }
    try {
      return new CorrectionStatement(
          predicate.text("ledger"),
          statement.subject().substring(DecisionStatement.CASE.length()),
          statement.digest(),
          new Corrections(values(predicate), tags(predicate)),
          predicate.digest("reason"));
    } catch (RemedyException e) {
      throw new StatementException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<MetricValue> values(Members predicate) {
    List<MetricValue> values = new ArrayList<>();
    for (JsonValue item : predicate.list("metrics", 0, Corrections.MAX)) {
      Members value = Members.of("a metric's value", item, List.of("metric", "step", "value"));
      if (!(value.required("value") instanceof JsonNumber(double number))) {
        throw value.expected("value", "a number");
      }
      values.add(new MetricValue(value.text("metric"), step(value), number));
    }
    return values;
  }

  private static long step(Members value) {
    String text = value.text("step");
    try {
      long step = Long.parseLong(text);
      if (Long.toString(step).equals(text)) {
        return step;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw value.expected("step", "a whole number of 64 bits, in a string");
  }

  private static SortedMap<String, String> tags(Members predicate) {
    if (!(predicate.required("tags") instanceof JsonObject object)) {
      throw predicate.expected("tags", "a JSON object");
    }
    Members members = Members.of("its tags", object, object.members().keySet());
    SortedMap<String, String> tags = new TreeMap<>();
    object.members().keySet().forEach(key -> tags.put(key, members.text(key)));
    return tags;
  }

  /** As it is signed. */
  public Statement statement() {
    JsonObject values = corrections.toJson();
    JsonObject predicate = values.with("ledger", ledger).with("reason", reason.hex());
    return new Statement(DecisionStatement.CASE + caseId, original, TYPE, predicate);
  }
}
