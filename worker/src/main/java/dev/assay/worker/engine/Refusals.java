package dev.assay.worker.engine;

import io.grpc.Status;

/** Why a Temporal service doesn't serve us, and what to do. */
final class Refusals {
  private Refusals() {}

  static String explain(Status status, String address, String namespace) {
    String detail = status.getDescription() == null ? "" : ": " + status.getDescription();
    return switch (status.getCode()) {
      case NOT_FOUND ->
          "Temporal at %s has no namespace %s; name another with --namespace or TEMPORAL_NAMESPACE, or create it: temporal operator namespace create -n %s"
              .formatted(address, namespace, namespace);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          "Temporal at %s doesn't let us use namespace %s (%s%s); check --api-key or TEMPORAL_API_KEY, or the client certificate"
              .formatted(address, namespace, status.getCode(), detail);
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          "Temporal at %s can't be reached (%s%s); is it running there, and is TLS right on both sides?"
              .formatted(address, status.getCode(), detail);
      default ->
          "Temporal at %s, namespace %s: %s%s"
              .formatted(address, namespace, status.getCode(), detail);
    };
  }
}
