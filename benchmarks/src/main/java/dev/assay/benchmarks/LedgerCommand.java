package dev.assay.benchmarks;

import dev.assay.benchmarks.corpus.LedgerEntries;
import dev.assay.benchmarks.harness.CpuTimes;
import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteSigner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.worker.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description =
        "Durable appends (fsync on) by many callers of one entry each, and the verifier over a"
            + " large ledger; in one warmed process with its embedded database.")
final class LedgerCommand implements Callable<Integer> {
  /** Entries a call when the ledger to verify is filled. */
  private static final int BULK = 20_000;

  /** Entries behind the checkpoint that a verification rests on. */
  private static final int NEWER = 1_000;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "A folder that isn't there yet, for the database; remove it afterwards.")
  private Path home = Path.of("");

  @Option(
      names = "--callers",
      defaultValue = "64",
      description = "Threads that append one entry at a time (default: ${DEFAULT-VALUE}).")
  private int callers;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Length of one measured round of appends (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--entries",
      defaultValue = "1000000",
      description = "Entries to verify (default: ${DEFAULT-VALUE}).")
  private int entries;

  @Option(
      names = "--times",
      defaultValue = "3",
      description = "Measured rounds, after one unmeasured (default: ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--fsck",
      paramLabel = "PROGRAM",
      description =
          "Also measure Tessera's verifier, on an export into DIR-export: go install"
              + " github.com/transparency-dev/tessera/cmd/fsck@v1.0.4.")
  private Path fsck = Path.of("");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Markdown file to append the section to (default: standard output).")
  private Path report = Path.of("");

  /** A way to go over the entries, and what is wanted of it. */
  private record Way(String name, String target, Callable<LedgerRound> round) {}

  @Override
  public Integer call() throws Exception {
    Report section =
        new Report(
            "Ledger: append and verify",
            "benchmarks/run ledger --callers %d --seconds %d --entries %d --times %d"
                .formatted(callers, seconds, entries, times),
            System.err);
    try (Stack stack = Stack.openStores(home, "benchmark", _ -> {})) {
      Ledger appended = stack.storage().ledger("append");
      AtomicInteger next = new AtomicInteger();
      List<LedgerRound> rounds = new ArrayList<>();
      for (int i = -1; i < times; i++) {
        rounds.add(append(appended, next));
      }
      rows(section, "append, %d callers".formatted(callers), "≥ 18,000", rounds);
      Ledger verified = stack.storage().ledger("verify");
      fill(verified, 0, entries - NEWER);
      PinnedCheckpoint before = checkpoint(verified);
      fill(verified, entries - NEWER, entries);
      byTurns(section, ways(stack));
      List<Double> took = new ArrayList<>();
      for (int i = -1; i < times; i++) {
        took.add(verifyFrom(stack, before));
      }
      section.row(
          new Samples(
              "verify --from, the last %,d of %,d".formatted(NEWER, entries),
              "s",
              took.subList(1, took.size())),
          "≤ 1");
      LedgerReads reads = new LedgerReads(stack, "verify");
      section.row(reads.proofs(1_000), "≤ 5");
      section.row(reads.checkpoints(50), "≤ 50");
    }
    section.note("CPU is that of the whole machine: this process and the database server.");
    Reports.finish(section, report);
    return 0;
  }

  private List<Way> ways(Stack stack) throws IOException {
    LedgerPeers peers = new LedgerPeers(stack, "verify");
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("verify", "≥ 450,000", () -> verify(stack, true)));
    ways.add(new Way("verify, keys not compared", "≥ 600,000", () -> verify(stack, false)));
    ways.add(new Way("limit: COPY of the rows, nothing computed", "", peers::copy));
    if (!fsck.toString().isEmpty()) {
      Path folder = home.resolveSibling(home.getFileName() + "-export").toAbsolutePath();
      long exported = peers.export(folder);
      ways.add(
          new Way(
              "peer: Tessera's fsck on an export",
              "",
              () -> LedgerPeers.fsck(fsck, folder, exported)));
    }
    return ways;
  }

  private void byTurns(Report section, List<Way> ways) throws Exception {
    Map<Way, List<LedgerRound>> rounds = new LinkedHashMap<>();
    for (int i = -1; i < times; i++) {
      for (Way way : ways) {
        rounds.computeIfAbsent(way, _ -> new ArrayList<>()).add(way.round().call());
      }
    }
    rounds.forEach(
        (way, measured) ->
            rows(
                section, "%s, %,d entries".formatted(way.name(), entries), way.target(), measured));
  }

  private static void rows(Report section, String what, String target, List<LedgerRound> rounds) {
    List<LedgerRound> measured = rounds.subList(1, rounds.size());
    section.row(
        new Samples(what, "entries/s", measured.stream().map(LedgerRound::perSecond).toList()),
        target);
    section.row(
        new Samples(
            what + ", CPU",
            "s a million entries",
            measured.stream().map(LedgerRound::cpuPerMillion).toList()),
        what.startsWith("verify") ? "≤ 3" : "");
  }

  private LedgerRound append(Ledger ledger, AtomicInteger next) throws Exception {
    int before = next.get();
    CpuTimes cpu = CpuTimes.now();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        running.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    ledger.append(LedgerEntries.verdict(next.getAndIncrement()));
                  }
                }));
      }
      for (Future<?> caller : running) {
        caller.get();
      }
    }
    return LedgerRound.of(next.get() - before, cpu);
  }

  private PinnedCheckpoint checkpoint(Ledger ledger) {
    NoteSigner signer =
        CheckpointSigners.noteSigner(home.resolve("benchmark-key.pem"), ledger.origin());
    return new PinnedCheckpoint(
        signer.sign(ledger.head().checkpoint().text()), signer.verifierKey(), "benchmark");
  }

  private static double verifyFrom(Stack stack, PinnedCheckpoint checkpoint) {
    VerifyReport found =
        LedgerVerifier.verify(
            stack.storage().dataSource(), VerifyRequest.of("verify").withFrom(checkpoint));
    if (found.status() != VerifyStatus.INTACT || found.restsOn().isEmpty()) {
      throw new IllegalStateException("expected an intact ledger from a checkpoint on: " + found);
    }
    return found.took().toNanos() / 1e9;
  }

  private static void fill(Ledger ledger, int start, int end) {
    for (int from = start; from < end; from += BULK) {
      ledger.appendAll(
          IntStream.range(from, Math.min(end, from + BULK))
              .mapToObj(LedgerEntries::verdict)
              .toList());
    }
  }

  private static LedgerRound verify(Stack stack, boolean duplicates) {
    CpuTimes cpu = CpuTimes.now();
    VerifyReport found =
        LedgerVerifier.verify(
            stack.storage().dataSource(), VerifyRequest.of("verify").withDuplicates(duplicates));
    if (found.status() != VerifyStatus.INTACT) {
      throw new IllegalStateException("expected an intact ledger, got " + found);
    }
    return LedgerRound.of(found.entriesRead(), cpu);
  }
}
