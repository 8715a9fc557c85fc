package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.registry.CaseFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code quarantine remediate}, engine and all, killed between its steps and given again: the
 * ledger has what it has when nobody kills it.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RemedyKilledTest {
  private static final String FILE = "epoch_3.rtch";

  /** The entries where nobody kills anything; each is made once. */
  private static final Map<Damage, List<String>> UNDISTURBED = new EnumMap<>(Damage.class);

  @TempDir private Path folder;

  /** Where it stands still, and is killed. */
  private enum Step {
    /** Its remedy is on record. */
    RECORDED,
    /** The run was imported, and no judgement asked for. */
    IMPORTED,
    /** The run is being judged. */
    JUDGING
  }

  /** What brings a run into quarantine. */
  private enum Damage {
    REIMPORT("reimport"),
    FILE("restore-artifact", RemedyKilledTest.FILE, "--from=good");

    private final List<String> remedy;

    Damage(String... remedy) {
      this.remedy = List.of(remedy);
    }
  }

  @ParameterizedTest
  @CsvSource({"RECORDED, REIMPORT", "IMPORTED, REIMPORT", "JUDGING, REIMPORT", "JUDGING, FILE"})
  void remediate_killedAndGivenAgain_leavesTheSameEntries(Step step, Damage damage)
      throws Exception {
    List<String> undisturbed = undisturbed(damage);
    try (Patient patient = new Patient(folder.resolve("killed"), damage)) {
      patient.killAt(step);
      patient.remediate(0);
      assertThat(patient.entries()).isEqualTo(undisturbed);
      assertThat(patient.home.verify().status()).isEqualTo(VerifyStatus.INTACT);
    }
  }

  private List<String> undisturbed(Damage damage) throws Exception {
    if (!UNDISTURBED.containsKey(damage)) {
      try (Patient patient = new Patient(folder.resolve("calm"), damage)) {
        patient.remediate(0);
        UNDISTURBED.put(damage, patient.entries());
      }
    }
    return UNDISTURBED.get(damage);
  }

  /** A home with a case, whose database runs on while commands come and go. */
  private static final class Patient implements AutoCloseable {
    private final Path folder;
    private final Path store;
    private final Path homeFolder;
    private final Damage damage;
    private final Home home;
    private final String caseId;

    Patient(Path folder, Damage damage) throws Exception {
      this.folder = Files.createDirectories(folder);
      this.damage = damage;
      store = folder.resolve("store");
      homeFolder = folder.resolve("home");
      Path run = store.resolve(Inputs.UNDAMAGED.getFileName());
      Files.createDirectories(run);
      try (Stream<Path> files = Files.list(Inputs.UNDAMAGED)) {
        for (Path file : files.toList()) {
          Files.copy(file, run.resolve(file.getFileName()));
        }
      }
      caseId = held(run);
      home = Home.watching(homeFolder);
      assertThat(home.registry().cases().list(CaseFilter.undecided("main"), Optional.empty(), 10))
          .hasSize(1);
    }

    private String held(Path run) throws Exception {
      switch (damage) {
        case REIMPORT -> {
          String good = Files.readString(run.resolve("run.json"));
          replace(run.resolve("run.json"), "Completed", "Running");
          validate(1);
          Files.writeString(run.resolve("run.json"), good);
        }
        case FILE -> {
          validate(0);
          byte[] bytes = Files.readAllBytes(run.resolve(FILE));
          Files.write(folder.resolve("good"), bytes);
          bytes[bytes.length - 1] ^= 1;
          Files.write(run.resolve(FILE), bytes);
          validate(1);
        }
      }
      try (Home stores = Home.openStores(homeFolder)) {
        return stores
            .registry()
            .cases()
            .list(CaseFilter.undecided("main"), Optional.empty(), 10)
            .getFirst()
            .id();
      }
    }

    private void validate(int exit) throws Exception {
      try (CommandProcess command =
          start("validate", store.toString(), "--policy", Inputs.RUSTORCH_POLICY.toString())) {
        assertThat(command.await()).as(command.err()).isEqualTo(exit);
      }
    }

    void remediate(int exit) throws Exception {
      try (CommandProcess command = remediation()) {
        assertThat(command.await()).as(command.err()).isEqualTo(exit);
      }
    }

    void killAt(Step step) throws Exception {
      switch (step) {
        case RECORDED -> {
          try (DatabaseHold _ = DatabaseHold.take(homeFolder, DatabaseHold.IMPORTS);
              CommandProcess command = remediation()) {
            kill(command, "case.remediating");
          }
        }
        case IMPORTED -> {
          try (DatabaseHold imports = DatabaseHold.take(homeFolder, DatabaseHold.IMPORTS);
              CommandProcess command = remediation()) {
            await(command, "case.remediating");
            int sets = sets();
            try (DatabaseHold _ = DatabaseHold.take(homeFolder, DatabaseHold.APPENDS)) {
              imports.close();
              UpHome.await("the run is imported", () -> sets() == sets + 1);
              command.kill();
            }
          }
          assertThat(count("case.revalidating")).isZero();
        }
        case JUDGING -> {
          try (DatabaseHold _ = DatabaseHold.take(homeFolder, DatabaseHold.JUDGES);
              CommandProcess command = remediation()) {
            kill(command, "validation.planned");
          }
          assertThat(count("case.revalidating")).isEqualTo(1);
        }
      }
      assertThat(count("case.remediating")).isEqualTo(1);
      assertThat(count("case.judged")).isZero();
    }

    private void kill(CommandProcess command, String last) throws Exception {
      await(command, last);
      command.kill();
    }

    /** Waits for one more entry of a kind than there was. */
    private void await(CommandProcess command, String kind) throws Exception {
      UpHome.await(kind, () -> count(kind) > before(kind) || !command.isAlive());
      assertThat(command.isAlive()).as(command.err()).isTrue();
    }

    /** What validations before the case left. */
    private int before(String kind) {
      return kind.equals(EntryKind.VALIDATION_PLANNED) ? damage == Damage.FILE ? 2 : 1 : 0;
    }

    private int count(String kind) {
      return home.ledger().log(LogFilter.ALL.withKind(kind)).size();
    }

    private int sets() {
      return home.count("registry.import_set WHERE closed IS NOT NULL");
    }

    /** Each entry's kind and outcome, in their order; histories are of processes, which differ. */
    List<String> entries() {
      List<String> entries = new ArrayList<>();
      for (StoredEntry entry : home.ledger().log(LogFilter.ALL)) {
        if (!entry.kind().equals("history.digested")) {
          entries.add(entry.kind() + " " + entry.outcome());
        }
      }
      return entries;
    }

    private CommandProcess remediation() throws IOException {
      List<String> words = new ArrayList<>(List.of("quarantine", "remediate", caseId));
      damage.remedy.forEach(
          word -> words.add(word.replace("good", folder.resolve("good").toString())));
      return start(words.toArray(String[]::new));
    }

    private CommandProcess start(String... words) throws IOException {
      return CommandProcess.start(
          folder,
          Stream.concat(
                  Stream.of(words), Stream.of("--home", homeFolder.toString(), "--no-progress"))
              .toArray(String[]::new));
    }

    private static void replace(Path file, String found, String with) throws IOException {
      String text = Files.readString(file);
      assertThat(text).contains(found);
      Files.writeString(file, text.replace(found, with));
    }

    @Override
    public void close() {
      home.close();
    }
  }
}
