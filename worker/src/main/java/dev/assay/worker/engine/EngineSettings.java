package dev.assay.worker.engine;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import io.temporal.common.SearchAttributeKey;
import io.temporal.envconfig.ClientConfigProfile;
import java.util.List;
import java.util.Optional;

/** Which engine to start or reach, and how. */
public sealed interface EngineSettings {
  /**
   * The engine inside this process.
   *
   * @param searchAttributes registered at the start
   */
  record Embedded(List<SearchAttributeKey<?>> searchAttributes) implements EngineSettings {
    public Embedded {
      searchAttributes = List.copyOf(searchAttributes);
    }
  }

  /**
   * A Temporal service in another process.
   *
   * @param mode {@link EngineMode#LOCAL} if its data is in our home
   * @param profile address, namespace, TLS, API key; what it lacks has the SDK's defaults
   * @param uiUrl its Web UI, where it is known
   * @param metrics where the SDK reports what it counts
   */
  record Connected(
      EngineMode mode, ClientConfigProfile profile, Optional<String> uiUrl, Scope metrics)
      implements EngineSettings {

    /** Without keys. */
    @Override
    public String toString() {
      return "Connected[mode=%s, address=%s, namespace=%s, uiUrl=%s]"
          .formatted(mode, profile.getAddress(), profile.getNamespace(), uiUrl);
    }

    /** The same, counted. */
    public Connected reportingTo(Scope scope) {
      return new Connected(mode, profile, uiUrl, scope);
    }

    /** A service that nothing is counted of. */
    public static Connected uncounted(
        EngineMode mode, ClientConfigProfile profile, Optional<String> uiUrl) {
      return new Connected(mode, profile, uiUrl, new NoopScope());
    }
  }
}
