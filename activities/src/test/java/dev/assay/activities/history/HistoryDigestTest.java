package dev.assay.activities.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Memo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.sdk.v1.UserMetadata;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HistoryDigestTest {
  /** Computed with Python's hashlib from the description in docs/formats/events.md. */
  private static final String VECTOR =
      "2d775e607114beb40a12a00c5ab2be4d974fd723066137e32b8ade594dd0b249";

  private static final HistoryEvent STARTED =
      HistoryEvent.newBuilder()
          .setEventId(1)
          .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
          .setWorkflowExecutionStartedEventAttributes(
              WorkflowExecutionStartedEventAttributes.newBuilder()
                  .setMemo(
                      Memo.newBuilder()
                          .putFields("b", payload("\"second\""))
                          .putFields("a", payload("\"first\"")))
                  .setSearchAttributes(
                      SearchAttributes.newBuilder()
                          .putIndexedFields("AssayPolicy", payload("\"p\"")))
                  .setInput(
                      Payloads.newBuilder()
                          .addPayloads(payload("\"x\""))
                          .addPayloads(payload("2"))))
          .build();

  private static final HistoryEvent TASK =
      HistoryEvent.newBuilder()
          .setEventId(2)
          .setEventType(EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED)
          .build();

  private static final HistoryEvent ACTIVITY =
      HistoryEvent.newBuilder()
          .setEventId(3)
          .setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
          .setUserMetadata(UserMetadata.newBuilder().setSummary(payload("\"judge runs 0–10\"")))
          .setActivityTaskScheduledEventAttributes(
              ActivityTaskScheduledEventAttributes.newBuilder()
                  .setInput(Payloads.newBuilder().addPayloads(payload("{\"from\":0}"))))
          .build();

  @Test
  void end_events_isTheVector() {
    assertThat(digest(STARTED, TASK, ACTIVITY)).isEqualTo(VECTOR);
  }

  @Test
  void end_anyPartOfAnEventChanged_differs() {
    assertThat(
            List.of(
                digest(STARTED, TASK),
                digest(STARTED, ACTIVITY, TASK),
                digest(STARTED, TASK, with(ACTIVITY, event -> event.setEventId(4))),
                digest(
                    STARTED,
                    TASK,
                    with(
                        ACTIVITY,
                        event -> event.setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED))),
                digest(STARTED, TASK, with(ACTIVITY, HistoryEvent.Builder::clearUserMetadata)),
                digest(STARTED, TASK, with(ACTIVITY, HistoryDigestTest::judgeOtherRuns))))
        .doesNotContain(VECTOR)
        .doesNotHaveDuplicates();
  }

  @Test
  void end_searchAttributesRewritten_isTheSame() {
    HistoryEvent rewritten =
        with(
            STARTED,
            event -> {
              event
                  .getWorkflowExecutionStartedEventAttributesBuilder()
                  .setSearchAttributes(
                      SearchAttributes.newBuilder()
                          .putIndexedFields(
                              "AssayPolicy",
                              payload("\"p\"").toBuilder()
                                  .putMetadata("type", ByteString.copyFromUtf8("Keyword"))
                                  .build()));
              return event;
            });

    assertThat(digest(rewritten, TASK, ACTIVITY)).isEqualTo(VECTOR);
  }

  private static HistoryEvent.Builder judgeOtherRuns(HistoryEvent.Builder event) {
    event
        .getActivityTaskScheduledEventAttributesBuilder()
        .setInput(Payloads.newBuilder().addPayloads(payload("{\"from\":1}")));
    return event;
  }

  private static HistoryEvent with(HistoryEvent event, UnaryOperator<HistoryEvent.Builder> change) {
    return change.apply(event.toBuilder()).build();
  }

  private static String digest(HistoryEvent... events) {
    HistoryDigest digest = new HistoryDigest();
    List.of(events).forEach(digest::add);
    return digest.end().hex();
  }

  private static Payload payload(String json) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8(json))
        .build();
  }
}
