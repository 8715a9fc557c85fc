package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.record.RecordException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * As whom a tracking server is called, and which authority vouches for it: what MLflow's own client
 * takes from the environment. A class and no record, so that no text of it shows a secret.
 */
public final class ServerAccess {
  static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
  static final String USERNAME = "MLFLOW_TRACKING_USERNAME";
  static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
  static final String CERTIFICATES = "MLFLOW_TRACKING_SERVER_CERT_PATH";

  private final Optional<String> authorization;
  private final Optional<String> certificates;
  private final List<String> secrets;

  private ServerAccess(
      Optional<String> authorization, Optional<String> certificates, List<String> secrets) {
    this.authorization = authorization;
    this.certificates = certificates;
    this.secrets = List.copyOf(secrets);
  }

  /** As nobody, with the JDK's certificate authorities. */
  public static ServerAccess none() {
    return new ServerAccess(Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * As the variables {@code MLFLOW_TRACKING_…} say; user name and password go before a token, as in
   * MLflow.
   *
   * @throws RecordException if one can't be used; the message has its name only
   */
  public static ServerAccess of(Map<String, String> environment) throws RecordException {
    Optional<String> user = value(environment, USERNAME);
    Optional<String> password = value(environment, PASSWORD);
    Optional<String> token = value(environment, TOKEN);
    if (user.isPresent() != password.isPresent() && token.isEmpty()) {
      throw new RecordException(
          "only one of %s and %s is set; set both".formatted(USERNAME, PASSWORD));
    }
    Optional<String> authorization =
        user.isPresent() && password.isPresent()
            ? Optional.of("Basic " + base64(user.get() + ":" + password.get()))
            : token.map(given -> "Bearer " + given);
    if (authorization.isPresent()
        && !authorization.get().chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      throw new RecordException(
          TOKEN + " holds a line end or another character that an HTTP header can't; set it anew");
    }
    return new ServerAccess(
        authorization,
        value(environment, CERTIFICATES),
        Stream.of(
                authorization.map(header -> header.substring(header.indexOf(' ') + 1)),
                password,
                token)
            .flatMap(Optional::stream)
            .toList());
  }

  /** The header {@code Authorization}. */
  Optional<String> authorization() {
    return authorization;
  }

  /** A file of certificates, PEM, that alone are believed. */
  Optional<String> certificates() {
    return certificates;
  }

  /** What a server said, without the secrets that it may have repeated. */
  String withoutSecrets(String text) {
    String told = text;
    for (String secret : secrets) {
      told = told.replace(secret, "…");
    }
    return told;
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return authorization.isPresent() ? "with credentials" : "without credentials";
  }
}
