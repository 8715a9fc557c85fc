package dev.assay.worker.engine;

import io.grpc.MethodDescriptor;
import io.grpc.Status;

/**
 * Decides about calls to the engine, and sees what became of them. Used by many threads at once.
 */
interface Gate {
  Decision decide(Object request);

  /** The engine answered a request that was passed. */
  default void answered(Object request, Object reply) {}

  /** The engine refused a request that was passed, or it was cancelled. */
  default void failed(Object request) {}

  /** What happens to a request. */
  sealed interface Decision {
    /** It goes on, perhaps changed; of the type that came. */
    record Pass(Object request) implements Decision {}

    /** Another method is called; when it succeeds, {@code reply} is the answer. */
    record Instead<Q, R>(MethodDescriptor<Q, R> method, Q request, Object reply)
        implements Decision {}

    /** It isn't sent. */
    record Refuse(Status status) implements Decision {}
  }
}
