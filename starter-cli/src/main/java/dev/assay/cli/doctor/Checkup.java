package dev.assay.cli.doctor;

import dev.assay.cli.base.ExitCode;
import dev.assay.model.json.JsonValue.JsonObject;

/**
 * One thing that was looked at.
 *
 * @param name what
 * @param state how it is
 * @param found what was found
 * @param remedy what to do; empty if nothing
 */
record Checkup(String name, State state, String found, String remedy) {
  /** How a thing is. */
  enum State {
    OK,
    /** Works, and something is worth doing. */
    WARN,
    /** Commands can't do their work. */
    FAIL,
    /** The record was altered. */
    TAMPERED;

    ExitCode exit() {
      return switch (this) {
        case OK, WARN -> ExitCode.YES;
        case FAIL -> ExitCode.UNAVAILABLE;
        case TAMPERED -> ExitCode.TAMPERED;
      };
    }
  }

  static Checkup ok(String name, String found) {
    return new Checkup(name, State.OK, found, "");
  }

  static Checkup warn(String name, String found, String remedy) {
    return new Checkup(name, State.WARN, found, remedy);
  }

  static Checkup fail(String name, String found, String remedy) {
    return new Checkup(name, State.FAIL, found, remedy);
  }

  JsonObject toJson() {
    return JsonObject.EMPTY
        .with("check", name)
        .with("found", found)
        .with("remedy", remedy)
        .with("state", state.name());
  }
}
