package dev.assay.cli;

import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Settings;
import dev.assay.ledger.Ledgers;
import dev.assay.worker.choice.EngineSelection;
import dev.assay.worker.choice.EngineWish;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The options that every command has, before or after its name. */
final class GlobalOptions {
  static final String HOME_VARIABLE = "ASSAY_HOME";

  @Option(
      names = "--format",
      paramLabel = "text|json|jsonl",
      defaultValue = "text",
      scope = ScopeType.INHERIT,
      converter = Formats.class,
      description =
          "What standard output is: text for eyes, one JSON document, or JSON lines where the result"
              + " is a list (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TEXT;

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Where the embedded database, configuration and keys live (default: $ASSAY_HOME, else"
              + " ./.assay).")
  private @Nullable Path home;

  @Option(
      names = "--ledger",
      paramLabel = "NAME",
      defaultValue = Settings.DEFAULT_LEDGER,
      scope = ScopeType.INHERIT,
      converter = LedgerNames.class,
      description = "Which ledger (default: ${DEFAULT-VALUE}).")
  private String ledger = Settings.DEFAULT_LEDGER;

  @Option(
      names = "--engine",
      paramLabel = "auto|embedded|local|configured",
      defaultValue = "auto",
      scope = ScopeType.INHERIT,
      converter = Engines.class,
      description =
          "Which engine runs workflows; embedded: in this process; local: the Temporal dev server of"
              + " this home; configured: the Temporal service of --address, TEMPORAL_* or a profile;"
              + " auto: the first there is of configured, 'assay up', local, embedded (default:"
              + " ${DEFAULT-VALUE}).")
  private EngineWish engine = EngineWish.AUTO;

  @ArgGroup(
      validate = false,
      heading = "%nReaching a Temporal service, as with the temporal program:%n")
  private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--no-progress",
      scope = ScopeType.INHERIT,
      description = "Show no progress on standard error.")
  private boolean noProgress;

  Settings settings(Map<String, String> environment, Path workingFolder) {
    Path chosen =
        Optional.ofNullable(home)
            .or(
                () ->
                    Optional.ofNullable(environment.get(HOME_VARIABLE))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of))
            .orElse(Path.of(".assay"));
    return new Settings(
        format,
        !noProgress,
        workingFolder.toAbsolutePath().resolve(chosen).normalize(),
        home != null,
        ledger,
        new EngineSelection(engine, connection.flags(), environment));
  }

  static final class Formats implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
      return OneOf.of(OutputFormat.class, value);
    }
  }

  static final class LedgerNames implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      try {
        return Ledgers.requireName(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  static final class Engines implements ITypeConverter<EngineWish> {
    @Override
    public EngineWish convert(String value) {
      return OneOf.of(EngineWish.class, value);
    }
  }

  /** Constants as they are written on the command line: lower case. */
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
