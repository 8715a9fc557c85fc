package dev.assay.worker.choice;

import java.util.Optional;

/**
 * How to reach a Temporal service, as far as the command line says it; the names are those of the
 * {@code temporal} program.
 *
 * @param profile which profile of the configuration file
 * @param address {@code host:port}
 * @param apiKey a secret
 * @param tls the TLS options
 */
public record ConnectionFlags(
    Optional<String> profile,
    Optional<String> address,
    Optional<String> namespace,
    Optional<String> apiKey,
    Tls tls) {

  /** Nothing said. */
  public static final ConnectionFlags NONE =
      new ConnectionFlags(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Tls.NONE);

  /** All but the secret. */
  @Override
  public String toString() {
    return "ConnectionFlags[profile=%s, address=%s, namespace=%s, apiKey=%s, tls=%s]"
        .formatted(profile, address, namespace, apiKey.isPresent() ? "…" : "Optional.empty", tls);
  }

  /**
   * TLS options.
   *
   * @param enabled whether {@code --tls} was given
   * @param caPath certificates that sign the server's, PEM
   * @param certPath the client's certificate, PEM
   * @param keyPath the client's key, PEM
   * @param serverName whom the server's certificate must name
   */
  public record Tls(
      boolean enabled,
      Optional<String> caPath,
      Optional<String> certPath,
      Optional<String> keyPath,
      Optional<String> serverName) {
    static final Tls NONE =
        new Tls(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    boolean given() {
      return enabled
          || caPath.isPresent()
          || certPath.isPresent()
          || keyPath.isPresent()
          || serverName.isPresent();
    }
  }
}
