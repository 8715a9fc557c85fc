package dev.assay.model.document;

import dev.assay.model.document.DocumentNode.Member;
import dev.assay.model.document.DocumentNode.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An object's members by key; keys that aren't known are refused when it is opened. */
public final class Fields {
  private final Value owner;
  private final ObjectNode object;

  Fields(Value owner, ObjectNode object, Collection<String> known) {
    this.owner = owner;
    this.object = object;
    List<DocumentProblem> problems = new ArrayList<>();
    object
        .members()
        .forEach(
            (key, member) -> {
              if (!known.contains(key)) {
                problems.add(unknown(key, member, known));
              }
            });
    Value.throwIfAny(problems);
  }

  /** The member called {@code key}. */
  public Value required(String key) {
    return optional(key)
        .orElseThrow(
            () -> owner.error("%s: '%s' is missing; write it".formatted(owner.key(), key)));
  }

  /** The member called {@code key}, if it was written. */
  public Optional<Value> optional(String key) {
    return Optional.ofNullable(object.members().get(key))
        .map(member -> new Value(key, member.value()));
  }

  /** An exception at the object's place. */
  public DocumentException error(String text) {
    return owner.error(text);
  }

  private static DocumentProblem unknown(String key, Member member, Collection<String> known) {
    String shown = key.length() <= 60 ? key : key.substring(0, 60) + "…";
    return new DocumentProblem(
        member.keyPlace(),
        "unknown key '%s'%s; known are %s"
            .formatted(shown, DidYouMean.hint(key, known), String.join(", ", known)));
  }
}
