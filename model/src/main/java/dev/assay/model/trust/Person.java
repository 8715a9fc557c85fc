package dev.assay.model.trust;

import java.util.List;

/**
 * Somebody who decides, or whose runs are decided about.
 *
 * @param id a pseudonym: entries name people by it
 * @param keys what they sign with; none for somebody who only authors runs
 * @param roles what they may decide
 * @param sources what sources call them, such as {@code mlflow:alice}
 */
public record Person(String id, List<PublicKey> keys, List<String> roles, List<String> sources) {
  public Person {
    keys = List.copyOf(keys);
    roles = List.copyOf(roles);
    sources = List.copyOf(sources);
  }
}
