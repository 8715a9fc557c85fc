package dev.assay.worker.up;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * An {@code up} to start.
 *
 * @param home the folder; made if it isn't there
 * @param program the {@code temporal} program
 * @param wanted ports for it
 * @param worker the command that starts a worker of this home
 * @param signer the command that starts its signer
 * @param told what happens later, a sentence each
 */
public record UpRequest(
    Path home,
    Path program,
    WantedPorts wanted,
    List<String> worker,
    List<String> signer,
    Consumer<String> told) {
  public UpRequest {
    worker = List.copyOf(worker);
    signer = List.copyOf(signer);
  }
}
