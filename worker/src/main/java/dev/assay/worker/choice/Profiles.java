package dev.assay.worker.choice;

import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.ClientConfigTLS;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the {@code temporal} program reads (its TOML file, {@code TEMPORAL_*}) with Temporal's
 * own library, and puts flags on top.
 */
final class Profiles {
  private Profiles() {}

  /**
   * The profile; its address is absent if nothing names one.
   *
   * @throws EngineChoiceException if the file or a variable can't be understood
   */
  static ClientConfigProfile load(ConnectionFlags flags, Map<String, String> environment) {
    LoadClientConfigProfileOptions.Builder options =
        LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment);
    flags.profile().ifPresent(options::setConfigFileProfile);
    ClientConfigProfile read;
    try {
      read = ClientConfigProfile.load(options.build());
    } catch (IOException | RuntimeException e) {
      throw new EngineChoiceException(
          "the Temporal configuration can't be used: %s. See 'temporal config --help'"
              .formatted(e.getMessage()),
          e);
    }
    ClientConfigProfile.Builder profile = read.toBuilder();
    flags.address().ifPresent(profile::setAddress);
    flags.namespace().ifPresent(profile::setNamespace);
    flags.apiKey().ifPresent(profile::setApiKey);
    if (flags.tls().given()) {
      profile.setTls(tls(Optional.ofNullable(read.getTls()), flags.tls()));
    }
    return profile.build();
  }

  private static ClientConfigTLS tls(Optional<ClientConfigTLS> read, ConnectionFlags.Tls flags) {
    ClientConfigTLS.Builder tls =
        read.map(ClientConfigTLS::toBuilder).orElseGet(ClientConfigTLS::newBuilder);
    tls.setDisabled(false);
    flags.caPath().ifPresent(tls::setServerCACertPath);
    flags.certPath().ifPresent(tls::setClientCertPath);
    flags.keyPath().ifPresent(tls::setClientKeyPath);
    flags.serverName().ifPresent(tls::setServerName);
    return tls.build();
  }
}
