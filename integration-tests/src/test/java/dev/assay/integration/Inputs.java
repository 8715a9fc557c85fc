package dev.assay.integration;

import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Runs and policies that the proofs use. */
final class Inputs {
  /** 38 runs as MLflow left them, 8 of them bad, each for a reason of its own. */
  static final Path MLRUNS = example("mlruns");

  /** The 18 of them that are about wine: the 8 bad ones, and 10 good ones. */
  static final Path WINE = MLRUNS.resolve("402786838574741825");

  static final Path MLRUNS_POLICY = example("policy.yaml");

  /** 12 runs as rustorch left them, 3 of them bad. */
  static final Path RUSTORCH = example("rustorch");

  static final Path RUSTORCH_POLICY = example("rustorch.yaml");

  /** The run of {@link #RUSTORCH} that {@link #damaged} are copies of. */
  static final Path UNDAMAGED = RUSTORCH.resolve("lin-s1-1795351372-Ia08QK");

  private Inputs() {}

  /** A store with one run: a copy of {@link #UNDAMAGED} with this damage. */
  static Path damaged(String damage) throws URISyntaxException {
    URI found =
        Objects.requireNonNull(Inputs.class.getResource("/rustorch/bad/" + damage), damage).toURI();
    return Path.of(found);
  }

  static ValidationPolicy policy(Path file) throws IOException {
    return PolicyReader.read(Files.readAllBytes(file), file.toString());
  }

  private static Path example(String name) {
    return Path.of("../examples", name).toAbsolutePath().normalize();
  }
}
