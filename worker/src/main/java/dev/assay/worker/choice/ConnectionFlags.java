package dev.assay.worker.choice;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  private static final String API_KEY = "--api-key";

  /** Nothing said. */
  public static final ConnectionFlags NONE =
      new ConnectionFlags(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Tls.NONE);

  /** Which were given, as they are written on the command line. */
  public List<String> names() {
    return all().filter(Flag::given).map(Flag::name).toList();
  }

  /** The words that say the same again, without the secret. */
  public List<String> words() {
    return all()
        .filter(flag -> flag.given() && !flag.name().equals(API_KEY))
        .flatMap(flag -> Stream.concat(Stream.of(flag.name()), flag.value().stream()))
        .toList();
  }

  private Stream<Flag> all() {
    return Stream.of(
        new Flag("--profile", profile),
        new Flag("--address", address),
        new Flag("--namespace", namespace),
        new Flag(API_KEY, apiKey),
        new Flag("--tls", tls.enabled(), Optional.empty()),
        new Flag("--tls-ca-path", tls.caPath()),
        new Flag("--tls-cert-path", tls.certPath()),
        new Flag("--tls-key-path", tls.keyPath()),
        new Flag("--tls-server-name", tls.serverName()));
  }

  private record Flag(String name, boolean given, Optional<String> value) {
    Flag(String name, Optional<String> value) {
      this(name, value.isPresent(), value);
    }
  }

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
