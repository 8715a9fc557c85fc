package dev.assay.worker.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.SourceException;
import dev.assay.connectors.SourceSpec;
import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import dev.assay.registry.Registry;
import dev.assay.registry.RegistrySchema;
import dev.assay.registry.RegistryUnavailableException;
import dev.assay.registry.SortedMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class RunStagingTest {
  private static final Path RUSTORCH = Path.of("../examples/rustorch").toAbsolutePath().normalize();
  private static Registry registry;

  /** Filled by any thread. */
  private final ConcurrentLinkedQueue<Long> stored = new ConcurrentLinkedQueue<>();

  private final AtomicLong expected = new AtomicLong();

  @BeforeAll
  static void open() {
    TestDatabase database = TestPostgres.freshDatabase();
    PGSimpleDataSource owner = new PGSimpleDataSource();
    owner.setUrl(database.jdbcUrl());
    owner.setUser(database.user());
    owner.setPassword(database.password());
    RegistrySchema.migrate(owner);
    registry = Registry.on(owner);
  }

  @Test
  void stage_store_putsEveryRunIntoAClosedSetAndTellsSo() {
    StagedRuns staged = stage(registry, 2, RUSTORCH);

    assertThat(staged.runs()).isEqualTo(12);
    assertThat(members(staged)).hasSize(12).allMatch(member -> member.copies() == 1);
    assertThat(expected).hasValue(12);
    assertThat(stored).contains(12L);
  }

  @Test
  void stage_sameRunTwice_isOneMember() {
    StagedRuns staged = stage(registry, 1, RUSTORCH, RUSTORCH.resolve("lin-s1-1795351372-Ia08QK"));

    assertThat(staged.runs()).isEqualTo(12);
  }

  @Test
  void stage_moreThanABatch_storesAllWithAnyNumberOfWorkers(@TempDir Path folder)
      throws IOException {
    int runs = 2 * BatchStore.MAX_RUNS + 7;
    for (int i = 0; i < runs; i++) {
      Files.writeString(
          folder.resolve("run-%04d.json".formatted(i)),
          """
          {"schema":"assay/run/v1","id":"r%1$d","experiment":"e","name":"n%1$d","status":"FINISHED"}
          """
              .formatted(i));
    }
    StagedRuns one = stage(registry, 1, folder);
    StagedRuns four = stage(registry, 4, folder);

    assertThat(one.runs()).isEqualTo(runs);
    assertThat(members(four)).isEqualTo(members(one));
  }

  @Test
  void stage_longRuns_fillABatchByTheirBytes(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 5; i++) {
      Files.writeString(
          folder.resolve("run-%d.json".formatted(i)),
          """
          {"schema":"assay/run/v1","id":"r%1$d","experiment":"e","name":"n","status":"FINISHED",
           "tags":{"notes":"%2$s"}}
          """
              .formatted(i, "long ".repeat(80_000)));
    }

    stage(registry, 1, folder);

    assertThat(stored).containsExactlyInAnyOrder(3L, 5L); // 400 KB each, a batch is full at 1 MiB
  }

  @Test
  void stage_registryAway_failsWithItsOwnException() {
    PGSimpleDataSource nobody = new PGSimpleDataSource();
    nobody.setUrl("jdbc:postgresql://127.0.0.1:1/none"); // port 1 listens nowhere

    assertThatThrownBy(() -> stage(Registry.on(nobody), 2, RUSTORCH))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void stage_noSuchSource_isRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> stage(registry, 2, folder.resolve("nothing")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("nothing");
  }

  private StagedRuns stage(Registry into, int workers, Path... sources) {
    return new RunStaging(into, workers)
        .stage(
            List.of(sources).stream().map(source -> SourceSpec.parse(source.toString())).toList(),
            true,
            new ImportListener() {
              @Override
              public void expected(long runs) {
                expected.set(runs);
              }

              @Override
              public void stored(long runs) {
                stored.add(runs);
              }
            });
  }

  private static List<SortedMember> members(StagedRuns staged) {
    return registry
        .importSets()
        .sorted(
            staged.set(),
            "main",
            found -> {
              List<SortedMember> all = new ArrayList<>();
              found.forEachRemaining(all::add);
              return all;
            });
  }
}
