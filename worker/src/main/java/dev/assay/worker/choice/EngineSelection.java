package dev.assay.worker.choice;

import dev.assay.worker.devserver.TemporalCli;
import dev.assay.worker.devserver.TemporalVersion;
import dev.assay.worker.engine.EngineException;
import dev.assay.worker.home.HomeBusyException;
import dev.assay.worker.home.HomeHolder;
import dev.assay.worker.home.HomeLock;
import dev.assay.worker.up.UpState;
import io.temporal.envconfig.ClientConfigProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the engine of a command.
 *
 * @param wish what {@code --engine} says
 * @param flags what the command line says about a Temporal service
 * @param environment this process's
 */
public record EngineSelection(
    EngineWish wish, ConnectionFlags flags, Map<String, String> environment) {
  /** This process, whatever else there is. */
  public static final EngineSelection EMBEDDED =
      new EngineSelection(EngineWish.EMBEDDED, ConnectionFlags.NONE, Map.of());

  /** An {@code up} needs a few seconds to start; a first one makes the database. */
  private static final Duration STARTING = Duration.ofSeconds(90);

  private static final long STEP_MILLIS = 50;

  public EngineSelection {
    environment = Map.copyOf(environment);
  }

  /**
   * The engine for commands in a home; waits for an {@code up} that is starting there.
   *
   * @throws EngineChoiceException if options or variables must change
   * @throws EngineException if there is no {@code temporal} program, and one is needed
   */
  public ChosenEngine choose(Path home) {
    return switch (wish) {
      case EMBEDDED -> embedded();
      case LOCAL -> local(home).orElseThrow(EngineSelection::noProgram);
      case CONFIGURED ->
          configured()
              .orElseThrow(
                  () ->
                      new EngineChoiceException(
                          "--engine configured needs an address: --address, TEMPORAL_ADDRESS, or a profile that has one"));
      case AUTO -> configured().or(() -> local(home)).orElseGet(ChosenEngine.Embedded::new);
    };
  }

  /** Without the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "EngineSelection[wish=%s, flags=%s]".formatted(wish, flags);
  }

  /**
   * The {@code temporal} program, where {@code up} and local commands find it.
   *
   * @throws EngineException if there is none
   */
  public Path program() {
    return TemporalCli.find(environment).orElseThrow(EngineSelection::noProgram);
  }

  private ChosenEngine embedded() {
    requireNoAddress("--engine embedded");
    return new ChosenEngine.Embedded();
  }

  private void requireNoAddress(String option) {
    if (flags.address().isPresent()) {
      throw new EngineChoiceException(
          "%s and --address contradict each other; leave one out".formatted(option));
    }
  }

  private Optional<ChosenEngine> configured() {
    ClientConfigProfile profile = Profiles.load(flags, environment);
    return Optional.ofNullable(profile.getAddress())
        .filter(address -> !address.isBlank())
        .map(_ -> new ChosenEngine.Configured(profile));
  }

  private Optional<ChosenEngine> local(Path home) {
    if (wish == EngineWish.LOCAL) {
      requireNoAddress("--engine local");
    }
    Optional<UpState> up = running(home);
    return up.isPresent()
        ? up.map(ChosenEngine.Up::new)
        : TemporalCli.find(environment).map(ChosenEngine.OwnServer::new);
  }

  /** Another command may hold the home; only an {@code up} is waited for here. */
  private static Optional<UpState> running(Path home) {
    long giveUp = System.nanoTime() + STARTING.toNanos();
    while (true) {
      Optional<HomeHolder> holder = HomeLock.holder(home).filter(HomeHolder::isUp);
      if (holder.isEmpty()) {
        return Optional.empty();
      }
      Optional<UpState> state = UpState.find(home).filter(UpState::ready);
      if (state.isPresent()) {
        return state;
      }
      if (System.nanoTime() - giveUp > 0) {
        throw new HomeBusyException(
            "%s, which holds %s, isn't ready after %d s; see its logs folder, or 'assay down'"
                .formatted(holder.get(), home, STARTING.toSeconds()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HomeBusyException("interrupted while 'assay up' started");
    }
  }

  private static EngineException noProgram() {
    return new EngineException(
        "there is no 'temporal' on PATH; %s, or let commands work without one: --engine embedded"
            .formatted(TemporalVersion.REMEDY));
  }
}
