package dev.assay.worker.validations;

import dev.assay.workflows.validation.ValidationProgress;

/** Is told how a validation fares, on the thread that waits for it. */
public interface ValidationWatcher {
  /** How far it is; about twice a second. */
  void progress(ValidationProgress progress);

  /**
   * An activity keeps failing and is tried again; once for each message.
   *
   * @param what which activity, how often, and why
   */
  void trouble(String what);

  /** Looks at nothing. */
  static ValidationWatcher silent() {
    return new ValidationWatcher() {
      @Override
      public void progress(ValidationProgress progress) {}

      @Override
      public void trouble(String what) {}
    };
  }
}
