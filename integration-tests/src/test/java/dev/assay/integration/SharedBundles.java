package dev.assay.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests {@link Bundles} that all classes share: the validation behind them runs once. */
final class SharedBundles implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(SharedBundles.class);

  private record Held(Bundles bundles, Path scratch) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      bundles.close();
      try (Stream<Path> files = Files.walk(scratch)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Bundles.class;
  }

  @Override
  public Bundles resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(OURS)
        .getOrComputeIfAbsent(Bundles.class, _ -> make(), Held.class)
        .bundles();
  }

  private static Held make() {
    try {
      Path scratch = Files.createTempDirectory("bundles");
      return new Held(Bundles.make(scratch), scratch);
    } catch (Exception e) {
      throw new IllegalStateException("no bundles to test with", e);
    }
  }
}
