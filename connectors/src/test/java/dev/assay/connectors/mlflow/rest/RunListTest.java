package dev.assay.connectors.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.mlflow.rest.FakeServer.Reply;
import dev.assay.connectors.record.RecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listing while the list changes: page tokens are offsets, as MLflow's. */
class RunListTest {
  private static final Pattern SIZE = Pattern.compile("\"max_results\":([0-9]+)");
  private static final Pattern TOKEN = Pattern.compile("\"page_token\":\"([0-9]+)\"");

  private final List<String> runs = new ArrayList<>(); // as the server has them, oldest first
  private final AtomicInteger pages = new AtomicInteger();
  private final List<Integer> sizes = new ArrayList<>();
  private Runnable afterFirstPage = () -> {};
  private int longest = Integer.MAX_VALUE;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    IntStream.range(0, 1200).forEach(i -> runs.add("r%05d".formatted(i)));
    server =
        FakeServer.empty()
            .when(
                "experiments/search",
                200,
                "{\"experiments\":[{\"experiment_id\":\"1\",\"name\":\"e\",\"lifecycle_stage\":\"active\"},"
                    + "{\"experiment_id\":\"2\",\"name\":\"old\",\"lifecycle_stage\":\"deleted\"}]}")
            .when("runs/search", line -> Optional.of(page(line)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private synchronized Reply page(String line) {
    int size = Integer.parseInt(group(SIZE, line).orElseThrow());
    int from = group(TOKEN, line).map(Integer::parseInt).orElse(0);
    sizes.add(size);
    if (size > longest) {
      return Reply.of(200, " ".repeat(Api.REPLY_BYTES + 1));
    }
    int to = Math.min(runs.size(), from + size);
    String items =
        runs.subList(Math.min(from, to), to).stream()
            .map(
                id ->
                    "{\"info\":{\"run_id\":\"%s\",\"experiment_id\":\"%s\",\"lifecycle_stage\":\"%s\"}}"
                        .formatted(
                            id,
                            id.startsWith("x") ? "2" : "1",
                            id.startsWith("d") ? "deleted" : "active"))
            .collect(Collectors.joining(","));
    String next = to < runs.size() ? ",\"next_page_token\":\"%d\"".formatted(to) : "";
    if (pages.getAndIncrement() == 0) {
      afterFirstPage.run();
    }
    return Reply.of(200, "{\"runs\":[" + items + "]" + next + "}");
  }

  private static Optional<String> group(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private List<String> listed() throws RecordException {
    try (Http http = Http.open(server.address(), ServerAccess.none(), FakeServer.HASTY)) {
      return RunList.read(new Api(http), Optional.empty()).stream()
          .map(key -> key.runId() + (key.deleted() ? " deleted" : ""))
          .toList();
    }
  }

  @Test
  void read_severalPages_allOnceByRunId() throws RecordException {
    assertThat(listed()).hasSize(1200).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void read_asksForTheOldestFirstAndDeletedOnes() throws RecordException {
    listed();
    assertThat(server.lines())
        .filteredOn(line -> line.contains("runs/search"))
        .allMatch(line -> line.contains("\"order_by\":[\"attributes.start_time ASC\"]"))
        .allMatch(line -> line.contains("\"run_view_type\":\"ALL\""));
  }

  @Test
  void read_olderRunAppearsBetweenPages_eachCountsOnce() throws RecordException {
    afterFirstPage = () -> runs.add(3, "a-late-one");
    assertThat(listed()).hasSize(1201).doesNotHaveDuplicates().contains("a-late-one");
  }

  @Test
  void read_runGoesBetweenPages_noneIsMissed() throws RecordException {
    afterFirstPage = () -> runs.removeFirst(); // the first of page two slips into page one
    assertThat(listed()).containsAll(runs);
  }

  @Test
  void read_runStartsAtTheEnd_isFound() throws RecordException {
    afterFirstPage = () -> runs.add("z-new");
    assertThat(listed()).contains("z-new");
  }

  @Test
  void read_pagesTooLarge_asksForSmallerOnes() throws RecordException {
    longest = 130;
    assertThat(listed()).hasSize(1200);
    assertThat(sizes).contains(500, 250, 125);
  }

  @Test
  void read_deletedRunsAndRunsOfDeletedExperiments_areMarked() throws RecordException {
    runs.add("d-run");
    runs.add("x-run");
    assertThat(listed()).contains("d-run deleted", "x-run deleted");
  }

  @Test
  void read_pagesWithoutEnd_isRefused() {
    server.when("runs/search", _ -> Optional.of(Reply.of(200, "{\"next_page_token\":\"again\"}")));
    assertThatThrownBy(this::listed)
        .isInstanceOf(ServerRefusalException.class)
        .hasMessageContaining("its pages don't end");
  }

  @Test
  void read_runOfAnotherExperiment_isRefused() {
    server.when(
        "runs/search", 200, "{\"runs\":[{\"info\":{\"run_id\":\"r\",\"experiment_id\":\"77\"}}]}");
    assertThatThrownBy(this::listed)
        .isInstanceOf(ServerRefusalException.class)
        .hasMessageContaining("of no experiment asked for");
  }
}
