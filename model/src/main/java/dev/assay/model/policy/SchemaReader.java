package dev.assay.model.policy;

import dev.assay.model.document.DocumentException;
import dev.assay.model.document.Fields;
import dev.assay.model.document.Value;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.policy.Check.JsonSchemaCheck;
import dev.assay.model.schema.JsonSchema;
import dev.assay.model.schema.SchemaException;
import dev.assay.model.schema.SchemaScope;
import dev.assay.model.verdict.Severity;
import java.util.List;
import java.util.Optional;

/** Reads checks against a JSON Schema. */
final class SchemaReader {
  static final List<String> KEYS = List.of("of", "schema", InlinedFiles.SCHEMA);

  private SchemaReader() {}

  static Check read(Fields fields, String id, Severity severity) {
    Optional<Value> file = fields.optional(InlinedFiles.SCHEMA);
    if (file.isPresent()) {
      throw file.get()
          .error(
              fields.optional("schema").isPresent()
                  ? "a check has a schema or a schemaFile; keep one"
                  : "schemaFile: there is no folder to read it from; write schema, or name the policy's file");
    }
    return new JsonSchemaCheck(
        id,
        severity,
        fields.required("of").choice(List.of(SchemaScope.values()), SchemaScope::text),
        schema(fields.required("schema")));
  }

  private static JsonSchema schema(Value value) {
    if (!(value.json() instanceof JsonObject json)) {
      throw value.error("schema: found no object; write a JSON Schema of draft 2020-12");
    }
    try {
      return JsonSchema.compile(json);
    } catch (SchemaException e) {
      throw new DocumentException(value.placeOf(e.path()), "schema: " + e.getMessage());
    }
  }
}
