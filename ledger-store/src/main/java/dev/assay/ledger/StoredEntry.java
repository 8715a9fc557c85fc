package dev.assay.ledger;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Instant;

/** An entry as it stands in the database; reading it verifies nothing. */
public record StoredEntry(
    long index,
    String key,
    String kind,
    String actor,
    String subject,
    String outcome,
    Instant occurred,
    Instant recorded,
    Correlation correlation,
    JsonObject payload,
    Sha256 leafHash,
    Sha256 chainHash) {}
