package dev.assay.worker.choice;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.ClientConfigTLS;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the {@code temporal} program reads (its TOML file, {@code TEMPORAL_*}) with Temporal's
 * own library, and puts flags on top.
 */
final class Profiles {
  private static final String FILE = "TEMPORAL_CONFIG_FILE";

  private Profiles() {}

  /**
   * The profile; its address is absent if nothing names one.
   *
   * @throws EngineChoiceException if the file or a variable can't be understood
   */
  static ClientConfigProfile load(ConnectionFlags flags, Map<String, String> environment) {
    requireNamedFile(environment);
    ClientConfigProfile read = read(flags, environment);
    ClientConfigProfile.Builder profile = read.toBuilder();
    flags.address().ifPresent(profile::setAddress);
    flags.namespace().ifPresent(profile::setNamespace);
    flags.apiKey().ifPresent(profile::setApiKey);
    if (flags.tls().given()) {
      profile.setTls(tls(Optional.ofNullable(read.getTls()), flags.tls()));
    }
    ClientConfigProfile complete = profile.build();
    requireUsableTls(complete);
    return complete;
  }

  private static ClientConfigProfile read(ConnectionFlags flags, Map<String, String> environment) {
    LoadClientConfigProfileOptions.Builder options =
        LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment);
    flags.profile().ifPresent(options::setConfigFileProfile);
    try {
      return ClientConfigProfile.load(options.build());
    } catch (JacksonException e) {
      throw unreadable(environment, e);
    } catch (NullPointerException e) { // what version 1.38.0 says to a file without profiles
      throw new EngineChoiceException(
          "%s has no profile; put one in with 'temporal config set', or remove the file"
              .formatted(name(environment)),
          e);
    } catch (IOException | RuntimeException e) {
      throw new EngineChoiceException(
          "the Temporal configuration can't be used: %s. See 'temporal config --help'"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static String name(Map<String, String> environment) {
    String named = environment.getOrDefault(FILE, "");
    return named.isEmpty() ? "the Temporal configuration file" : named;
  }

  /** The library takes a file that isn't there for an empty one, also if it was named. */
  private static void requireNamedFile(Map<String, String> environment) {
    String named = environment.getOrDefault(FILE, "");
    if (!named.isEmpty() && !Files.isRegularFile(Path.of(named))) {
      throw new EngineChoiceException(
          "%s names %s, and there is no such file; correct the variable, or unset it"
              .formatted(FILE, named));
    }
  }

  /** Says where and no more: the parser's own words may hold an API key. */
  private static EngineChoiceException unreadable(
      Map<String, String> environment, JacksonException e) {
    JsonLocation place = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
    return new EngineChoiceException(
        "%s, line %d, column %d: not TOML, or not a profile as 'temporal config' writes it"
            .formatted(name(environment), place.getLineNr(), place.getColumnNr()));
  }

  /** Here, where it is told as a mistake in a file or option; the key's own text stays unsaid. */
  private static void requireUsableTls(ClientConfigProfile profile) {
    if (profile.getTls() == null) {
      return;
    }
    try {
      profile.toWorkflowServiceStubsOptions();
    } catch (RuntimeException e) {
      throw new EngineChoiceException(
          "TLS to Temporal can't be set up: %s; certificates and keys are PEM, a key PKCS#8"
              .formatted(why(e)));
    }
  }

  private static String why(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoSuchFileException missing) {
        return "there is no file " + missing.getFile();
      }
      if (cause instanceof FileSystemException file) {
        return file.getFile() + " can't be read";
      }
    }
    return String.valueOf(failure.getMessage());
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
