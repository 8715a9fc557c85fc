package dev.assay.model.trust;

import dev.assay.model.document.Header;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.List;

/** Writes a Trust document as {@link TrustReader} reads it. */
final class TrustWriter {
  private TrustWriter() {}

  static JsonObject write(Trust trust) {
    JsonObject quorum = JsonObject.EMPTY;
    for (var role : trust.changeQuorum().entrySet()) {
      quorum = quorum.with(role.getKey(), (long) role.getValue());
    }
    return JsonObject.EMPTY
        .with("apiVersion", Header.API_VERSION)
        .with("kind", Trust.KIND)
        .with("name", trust.name())
        .with("people", new JsonArray(trust.people().stream().map(TrustWriter::person).toList()))
        .with("signers", new JsonArray(trust.signers().stream().map(TrustWriter::signer).toList()))
        .with("quorum", JsonObject.EMPTY.with("trust", quorum));
  }

  private static JsonValue person(Person person) {
    return JsonObject.EMPTY
        .with("id", person.id())
        .with("keys", keys(person.keys()))
        .with("roles", JsonValue.strings(person.roles()))
        .with("sources", JsonValue.strings(person.sources()));
  }

  private static JsonValue signer(Signer signer) {
    return JsonObject.EMPTY
        .with("id", signer.id())
        .with("keys", keys(signer.keys()))
        .with("may", JsonValue.strings(signer.may().stream().map(SignerUse::text).toList()));
  }

  private static JsonValue keys(List<PublicKey> keys) {
    return JsonValue.strings(keys.stream().map(PublicKey::text).toList());
  }
}
