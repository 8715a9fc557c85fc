package dev.assay.model.policy;

import dev.assay.model.document.DocumentException;
import dev.assay.model.document.DocumentLoader;
import dev.assay.model.document.DocumentNode;
import dev.assay.model.document.DocumentProblem;
import dev.assay.model.document.Fields;
import dev.assay.model.document.Header;
import dev.assay.model.document.Value;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.policy.CasePolicy.Escalation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads validation policies, and refuses those that could not be meant. */
public final class PolicyReader {
  private static final int MAX_STAGES = 64;
  private static final int MAX_CHECKS_OF_STAGE = 200;
  private static final int MAX_NAMES = 64;
  private static final int MAX_APPROVALS = 20;

  /** Each is held in memory while runs are judged: 7 KB on average, 64 MiB at worst. */
  private static final int MAX_BASELINES = 16;

  private PolicyReader() {}

  /**
   * The policy that {@code bytes} hold.
   *
   * @param fileName for messages, and because {@code .json} is read as JSON
   * @throws DocumentException if they hold none; it has a line for each problem found
   */
  public static ValidationPolicy read(byte[] bytes, String fileName) {
    return read(DocumentLoader.load(bytes, fileName));
  }

  /** As {@link #read(byte[], String)}, with the schemas of the files that the policy names. */
  public static ValidationPolicy read(byte[] bytes, String fileName, InlinedFiles files) {
    return read(files.inline(DocumentLoader.load(bytes, fileName)));
  }

  /** As {@link #read(byte[], String)}, from a document that was loaded. */
  public static ValidationPolicy read(DocumentNode document) {
    ValidationPolicy policy = parse(document);
    int size = CanonicalJson.encode(policy.toJson()).length;
    if (size > DocumentLoader.MAX_BYTES) {
      throw new DocumentException(
          document.place(),
          "with its schemas the policy has %s bytes; at most %s are read"
              .formatted(size, DocumentLoader.MAX_BYTES));
    }
    return policy;
  }

  private static ValidationPolicy parse(DocumentNode document) {
    Fields fields =
        Header.open(
            document,
            ValidationPolicy.KIND,
            List.of("name", "owners", "where", "stages", "onFail", "cases"));
    String name = fields.required("name").id();
    List<String> owners = fields.optional("owners").map(PolicyReader::names).orElse(List.of());
    Value written = fields.required("stages");
    List<DocumentProblem> problems = new ArrayList<>();
    List<Stage> stages = new ArrayList<>();
    Value.collect(problems, () -> stages.addAll(stages(written)));
    var where = new ArrayList<dev.assay.model.cel.RunExpression>();
    Value.collect(
        problems,
        () -> fields.optional("where").map(CheckReader::expression).ifPresent(where::add));
    List<CasePolicy> cases = new ArrayList<>();
    Value.collect(
        problems,
        () ->
            cases.add(
                fields.optional("cases").map(PolicyReader::cases).orElse(CasePolicy.DEFAULT)));
    OnFail onFail =
        fields
            .optional("onFail")
            .map(text -> text.choice(List.of(OnFail.values()), OnFail::text))
            .orElse(OnFail.QUARANTINE);
    Value.throwIfAny(problems);
    return new ValidationPolicy(
        name, owners, where.stream().findFirst(), stages, onFail, cases.getFirst());
  }

  private static List<Stage> stages(Value written) {
    List<Stage> stages = written.list(1, MAX_STAGES, PolicyReader::stage);
    StageGraph.check(stages, written);
    long baselines = ValidationPolicy.references(stages).size();
    if (baselines > MAX_BASELINES) {
      throw written.error(
          "the checks compare with %d different runs; at most %d are read for a policy"
              .formatted(baselines, MAX_BASELINES));
    }
    return stages;
  }

  private static Stage stage(Value value) {
    Fields fields = value.fields(List.of("id", "needs", "checks"));
    return new Stage(
        fields.required("id").id(),
        fields
            .optional("needs")
            .map(needs -> needs.list(0, MAX_STAGES, Value::id))
            .orElse(List.of()),
        fields.required("checks").list(1, MAX_CHECKS_OF_STAGE, CheckReader::read));
  }

  private static CasePolicy cases(Value value) {
    Fields fields =
        value.fields(
            List.of(
                "due", "remind", "escalate", "waiverMax", "approvals", "notAuthor", "corrections"));
    CasePolicy silent = CasePolicy.DEFAULT;
    Optional<Fields> due =
        fields.optional("due").map(times -> times.fields(List.of("FAIL", "INDETERMINATE")));
    Optional<Fields> approvals =
        fields.optional("approvals").map(counts -> counts.fields(List.of("release", "waive")));
    return new CasePolicy(
        duration(due, "FAIL", silent.dueFail()),
        duration(due, "INDETERMINATE", silent.dueIndeterminate()),
        duration(Optional.of(fields), "remind", silent.remind()),
        fields.optional("escalate").map(PolicyReader::escalation),
        duration(Optional.of(fields), "waiverMax", silent.waiverMax()),
        approvals(approvals, "release"),
        approvals(approvals, "waive"),
        fields.optional("notAuthor").map(Value::bool).orElse(silent.notAuthor()),
        fields
            .optional("corrections")
            .map(who -> names(who.fields(List.of("roles")).required("roles")))
            .orElse(silent.correctionRoles()));
  }

  private static Escalation escalation(Value value) {
    Fields fields = value.fields(List.of("after", "to"));
    return new Escalation(
        fields.required("after").duration(), fields.required("to").list(1, MAX_NAMES, Value::id));
  }

  private static Duration duration(Optional<Fields> fields, String key, Duration silent) {
    return fields.flatMap(present -> present.optional(key)).map(Value::duration).orElse(silent);
  }

  private static SortedMap<String, Integer> approvals(Optional<Fields> fields, String key) {
    return fields
        .flatMap(present -> present.optional(key))
        .map(counts -> counts.map(MAX_NAMES, count -> (int) count.integer(1, MAX_APPROVALS)))
        .orElse(new TreeMap<>());
  }

  private static List<String> names(Value value) {
    return value.list(0, MAX_NAMES, Value::id);
  }
}
