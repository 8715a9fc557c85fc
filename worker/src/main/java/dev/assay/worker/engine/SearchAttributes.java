package dev.assay.worker.engine;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.api.workflowservice.v1.GetSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Search attributes of a namespace: used where they are registered, never required. */
public final class SearchAttributes {
  private SearchAttributes() {}

  /**
   * The names that may be set. Empty where we may not even ask: Temporal Cloud refuses the operator
   * service, and the older call may be refused, too.
   */
  static Set<String> registered(WorkflowServiceStubs stubs, String namespace) {
    try {
      return Set.copyOf(
          operator(stubs)
              .listSearchAttributes(
                  ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
              .getCustomAttributesMap()
              .keySet());
    } catch (StatusRuntimeException _) {
      return visible(stubs);
    }
  }

  /** With the API key and other headers: the SDK's raw channel sends none. */
  private static OperatorServiceBlockingStub operator(WorkflowServiceStubs stubs) {
    Metadata headers = new Metadata();
    stubs
        .getOptions()
        .getGrpcMetadataProviders()
        .forEach(provider -> headers.merge(provider.getMetadata()));
    return OperatorServiceGrpc.newBlockingStub(stubs.getRawChannel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Set<String> visible(WorkflowServiceStubs stubs) {
    try {
      return Set.copyOf(
          stubs
              .blockingStub()
              .getSearchAttributes(GetSearchAttributesRequest.getDefaultInstance())
              .getKeysMap()
              .keySet());
    } catch (StatusRuntimeException _) {
      return Set.of();
    }
  }

  /**
   * Registers those that aren't.
   *
   * @throws EngineException if the service refuses
   */
  public static void register(
      WorkflowServiceStubs stubs, String namespace, List<SearchAttributeKey<?>> keys) {
    Set<String> known = registered(stubs, namespace);
    Map<String, IndexedValueType> missing = HashMap.newHashMap(keys.size());
    for (SearchAttributeKey<?> key : keys) {
      if (!known.contains(key.getName())) {
        missing.put(key.getName(), key.getValueType());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    try {
      operator(stubs)
          .addSearchAttributes(
              AddSearchAttributesRequest.newBuilder()
                  .setNamespace(namespace)
                  .putAllSearchAttributes(missing)
                  .build());
    } catch (StatusRuntimeException e) {
      throw new EngineException(
          "can't register search attributes %s: %s".formatted(missing.keySet(), e.getMessage()), e);
    }
  }
}
