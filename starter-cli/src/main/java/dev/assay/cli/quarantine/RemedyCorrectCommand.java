package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.keys.KeyOption;
import dev.assay.model.remedy.Corrections;
import dev.assay.model.remedy.Corrections.MetricValue;
import dev.assay.model.remedy.RemedyException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code assay quarantine remediate CASE correct}. */
@CommandLine.Command(
    name = "correct",
    description = {
      "Correct values of metrics or tags by a statement signed with your own key, and judge the run.",
      "",
      "The corrected run is a new revision that names the statement; the original stays. The key must"
          + " be a person's in the Trust document; one that isn't is exit 1."
    },
    footer = {
      "",
      "Example:",
      "  assay quarantine remediate c-8210c81c9fdd correct --tag team=vision --key ann --reason typo"
    })
final class RemedyCorrectCommand implements Command {
  @ParentCommand private QuarantineRemediateCommand asked = new QuarantineRemediateCommand();

  // Picocli adds to what is there.
  @ArgGroup(exclusive = false, multiplicity = "0..*")
  private final List<Point> points = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "A tag and the value that it should have had; may be given several times.")
  private List<String> tags = List.of();

  @Mixin private KeyOption by = new KeyOption();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; the statement has a commitment to it, not the text.")
  private String reason = "";

  /** A point of a metric; may be given several times. */
  static final class Point {
    @Option(
        names = "--metric",
        required = true,
        paramLabel = "NAME",
        description = "The metric whose point is corrected; with --step and --value.")
    private String metric = "";

    @Option(
        names = "--step",
        required = true,
        paramLabel = "N",
        description = "The step of that point, which the run must have.")
    private long step;

    @Option(
        names = "--value",
        required = true,
        paramLabel = "V",
        description = "The value that it should have had.")
    private double value;
  }

  @Override
  public ExitCode run(Session session) throws Exception {
    Corrections corrections = corrections();
    return new RemedyWork(session, asked, new Correcting(corrections, by.require(session), reason))
        .run();
  }

  private Corrections corrections() {
    List<MetricValue> values = new ArrayList<>();
    SortedMap<String, String> corrected = new TreeMap<>();
    try {
      points.forEach(point -> values.add(new MetricValue(point.metric, point.step, point.value)));
      for (String tag : tags) {
        int equals = tag.indexOf('=');
        if (equals < 1 || equals == tag.length() - 1) {
          throw new UsageException("--tag %s: write KEY=VALUE".formatted(tag));
        }
        String key = tag.substring(0, equals);
        if (corrected.containsKey(key)) {
          throw new UsageException("two values for tag %s; give one".formatted(key));
        }
        corrected.put(key, tag.substring(equals + 1));
      }
      return new Corrections(values, corrected);
    } catch (RemedyException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
