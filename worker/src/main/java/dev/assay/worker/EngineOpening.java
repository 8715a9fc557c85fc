package dev.assay.worker;

import com.uber.m3.tally.Scope;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.devserver.DevServer;
import dev.assay.worker.devserver.DevServerNamespace;
import dev.assay.worker.devserver.DevServerSettings;
import dev.assay.worker.devserver.FreePorts;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineMode;
import dev.assay.worker.engine.EngineSettings;
import dev.assay.worker.engine.Engines;
import dev.assay.worker.home.AssayHome;
import dev.assay.workflows.cases.CaseAttributes;
import dev.assay.workflows.validation.ValidationAttributes;
import io.temporal.common.SearchAttributeKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** From the engine that was chosen to one that takes calls. */
public final class EngineOpening {
  /** Search attributes that Assay's workflows set where they are registered. */
  public static final List<SearchAttributeKey<?>> ATTRIBUTES =
      List.of(
          ValidationAttributes.POLICY,
          ValidationAttributes.VERDICT,
          CaseAttributes.CASE_STATE,
          CaseAttributes.EXPERIMENT,
          CaseAttributes.OPENED);

  private EngineOpening() {}

  static Engine open(AssayHome home, ChosenEngine chosen) {
    return switch (chosen) {
      case ChosenEngine.Embedded _ -> Engines.start(new EngineSettings.Embedded(ATTRIBUTES));
      case ChosenEngine.OwnServer(Path program) ->
          OwnServer.start(DevServer.start(devServer(home, program, FreePorts.any())));
      case ChosenEngine.Up _, ChosenEngine.Configured _ -> Engines.start(connection(chosen));
    };
  }

  /** The same, counted; for worker processes. */
  static Engine openCounted(ChosenEngine chosen, Scope metrics) {
    return Engines.start(connection(chosen).reportingTo(metrics));
  }

  private static EngineSettings.Connected connection(ChosenEngine chosen) {
    return switch (chosen) {
      case ChosenEngine.Up(var state) -> DevServerNamespace.settings(state.ports());
      case ChosenEngine.Configured(var profile) ->
          EngineSettings.Connected.uncounted(EngineMode.CONFIGURED, profile, Optional.empty());
      case ChosenEngine.Embedded _, ChosenEngine.OwnServer _ ->
          throw new IllegalArgumentException(
              "the engine of %s is not in another process".formatted(chosen));
    };
  }

  /** The dev server of a home. */
  public static DevServerSettings devServer(
      AssayHome home, Path program, DevServerSettings.Ports ports) {
    return new DevServerSettings(
        program, databaseFile(home), home.logOf("temporal"), ports, ATTRIBUTES);
  }

  /** Where the dev server of a home keeps workflows; made by its first start. */
  public static Path databaseFile(AssayHome home) {
    return home.engine().resolve("temporal.db");
  }
}
