package dev.assay.cli;

import dev.assay.worker.choice.ConnectionFlags;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * How to reach a Temporal service. Null where not given: picocli's way to say so. What isn't given
 * here comes from {@code TEMPORAL_*} and the temporal program's configuration file.
 */
final class ConnectionOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "A profile of the temporal program's configuration (default: $TEMPORAL_PROFILE).")
  private @Nullable String profile;

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description = "Its address (default: $TEMPORAL_ADDRESS).")
  private @Nullable String address;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "Its namespace (default: $TEMPORAL_NAMESPACE, else default). The record knows no"
              + " namespaces: 'assay workflow list' shows workflows of all.")
  private @Nullable String namespace;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      scope = ScopeType.INHERIT,
      description =
          "A key for it; other users of this machine can read a command line, so better"
              + " $TEMPORAL_API_KEY.")
  private @Nullable String apiKey;

  @Option(names = "--tls", scope = ScopeType.INHERIT, description = "Use TLS.")
  private boolean tls;

  @Option(
      names = "--tls-ca-path",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Who signs its certificate, PEM.")
  private @Nullable String caPath;

  @Option(
      names = "--tls-cert-path",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Our certificate, PEM.")
  private @Nullable String certPath;

  @Option(
      names = "--tls-key-path",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Our certificate's key, PEM.")
  private @Nullable String keyPath;

  @Option(
      names = "--tls-server-name",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Whom its certificate must name (default: the host).")
  private @Nullable String serverName;

  ConnectionFlags flags() {
    return new ConnectionFlags(
        Optional.ofNullable(profile),
        Optional.ofNullable(address),
        Optional.ofNullable(namespace),
        Optional.ofNullable(apiKey),
        new ConnectionFlags.Tls(
            tls,
            Optional.ofNullable(caPath),
            Optional.ofNullable(certPath),
            Optional.ofNullable(keyPath),
            Optional.ofNullable(serverName)));
  }
}
