package dev.assay.cli.up;

import dev.assay.cli.base.Session;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.up.UpState;

/** What a running {@code up} says of itself. */
final class UpText {
  private UpText() {}

  static void started(Session session, UpState state) {
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("address", state.ports().address())
                .with("pid", state.pid())
                .with("uiUrl", state.ports().uiUrl()),
            out -> {
              out.line("engine    " + state.ports().address());
              out.line("Web UI    " + state.ports().uiUrl());
              out.line("ready; Ctrl-C ends it, and nothing is lost");
            });
    session.output().flush();
  }
}
