package dev.assay.model.trust;

import dev.assay.model.document.DocumentException;
import dev.assay.model.document.DocumentLoader;
import dev.assay.model.document.DocumentProblem;
import dev.assay.model.document.Fields;
import dev.assay.model.document.Header;
import dev.assay.model.document.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads Trust documents, and refuses those that name one thing twice. */
public final class TrustReader {
  private static final int MAX_PEOPLE = 1_000;
  private static final int MAX_SIGNERS = 256;
  private static final int MAX_KEYS = 16;
  private static final int MAX_NAMES = 64;
  private static final int MAX_QUORUM_ROLES = 16;
  private static final int MAX_QUORUM = 20;

  private static final Pattern SOURCE =
      Pattern.compile("[a-z][a-z0-9-]{0,31}:[^\\x00-\\x1f\\x7f]{1,256}");

  private final Unique ids = new Unique("id");
  private final Unique keys = new Unique("key");
  private final Unique sources = new Unique("source");

  private TrustReader() {}

  /**
   * The Trust document that {@code bytes} hold.
   *
   * @param fileName for messages, and because {@code .json} is read as JSON
   * @throws DocumentException if they hold none; it has a line for each problem found
   */
  public static Trust read(byte[] bytes, String fileName) {
    Fields fields =
        Header.open(
            DocumentLoader.load(bytes, fileName),
            Trust.KIND,
            List.of("name", "people", "signers", "quorum"));
    return new TrustReader().trust(fields);
  }

  private Trust trust(Fields fields) {
    String name = fields.required("name").id();
    Value written = fields.required("people");
    Value quorum = fields.required("quorum");
    List<DocumentProblem> problems = new ArrayList<>();
    List<Person> people = new ArrayList<>();
    List<Signer> signers = new ArrayList<>();
    SortedMap<String, Integer> changes = new TreeMap<>();
    Value.collect(problems, () -> people.addAll(written.list(1, MAX_PEOPLE, this::person)));
    Value.collect(
        problems,
        () ->
            fields
                .optional("signers")
                .map(list -> list.list(0, MAX_SIGNERS, this::signer))
                .ifPresent(signers::addAll));
    Value.collect(problems, () -> changes.putAll(quorum(quorum)));
    Value.throwIfAny(problems);
    return new Trust(name, people, signers, changes);
  }

  private Person person(Value value) {
    Fields fields = value.fields(List.of("id", "keys", "roles", "sources"));
    return new Person(
        id(fields),
        fields.optional("keys").map(list -> list.list(0, MAX_KEYS, this::key)).orElse(List.of()),
        fields.optional("roles").map(TrustReader::roles).orElse(List.of()),
        fields
            .optional("sources")
            .map(list -> list.list(0, MAX_NAMES, this::source))
            .orElse(List.of()));
  }

  private Signer signer(Value value) {
    Fields fields = value.fields(List.of("id", "keys", "may"));
    Unique uses = new Unique("use");
    return new Signer(
        id(fields),
        fields.required("keys").list(1, MAX_KEYS, this::key),
        fields
            .required("may")
            .list(
                1,
                SignerUse.values().length,
                use -> {
                  SignerUse read = use.choice(List.of(SignerUse.values()), SignerUse::text);
                  uses.require(use, read.text());
                  return read;
                }));
  }

  private String id(Fields fields) {
    Value id = fields.required("id");
    return ids.require(id, id.id());
  }

  private PublicKey key(Value value) {
    String text = value.text();
    if (!PublicKey.isForm(text)) {
      throw value.error(
          "%s: found %s; write ed25519: and 44 characters of base64, as 'assay keys list' shows it"
              .formatted(value.key(), value.node().found()));
    }
    return new PublicKey(keys.require(value, text));
  }

  private String source(Value value) {
    String text = value.text();
    if (!SOURCE.matcher(text).matches()) {
      throw value.error(
          "%s: found %s; write the system, a colon, and what it calls the person, such as 'mlflow:alice'"
              .formatted(value.key(), value.node().found()));
    }
    return sources.require(value, text);
  }

  private static List<String> roles(Value value) {
    Unique roles = new Unique("role");
    return value.list(0, MAX_NAMES, role -> roles.require(role, role.id()));
  }

  private static SortedMap<String, Integer> quorum(Value value) {
    Value trust = value.fields(List.of("trust")).required("trust");
    SortedMap<String, Integer> counts =
        trust.map(MAX_QUORUM_ROLES, count -> (int) count.integer(1, MAX_QUORUM));
    if (counts.isEmpty()) {
      throw trust.error(
          "trust: no role is named, so anybody could change this document; write for example 'owner: 2'");
    }
    return counts;
  }
}
