package dev.assay.activities.programs.sql;

import com.google.protobuf.ByteString;
import dev.assay.activities.programs.Ending;
import dev.assay.activities.programs.Input;
import dev.assay.activities.programs.Isolation;
import dev.assay.activities.programs.Limits;
import dev.assay.activities.programs.Program;
import dev.assay.activities.programs.ProgramResult;
import dev.assay.activities.programs.ProgramRunner;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;

/**
 * Runs one SELECT over files, in a process of its own: a query that takes DuckDB down takes nothing
 * else. Of any number of threads.
 */
public final class SqlRunner {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  /** The JVM doesn't look at TMPDIR, where DuckDB's library is unpacked to. */
  private static final String START = "exec \"$0\" -Djava.io.tmpdir=\"$TMPDIR\" \"$@\"";

  private static final long MIB = 1 << 20;
  private static final int MOST_QUERY = 100_000;

  private final ProgramRunner programs;
  private final Path java;

  /**
   * @param isolation as of any program; the JVM's folder becomes readable
   */
  public SqlRunner(Isolation isolation) {
    Path home = Path.of(System.getProperty("java.home"));
    this.programs = new ProgramRunner(isolation.alsoReadable(home));
    this.java = home.resolve("bin/java");
  }

  /**
   * Runs a query.
   *
   * @param tables by name: lower-case letters, digits and _
   * @throws InterruptedException after its process was ended
   */
  public SqlResult run(String query, Map<String, Table> tables, SqlLimits limits)
      throws InterruptedException {
    if (query.length() > MOST_QUERY) {
      return new SqlResult.Refused(
          "a query has up to %d characters, not %d".formatted(MOST_QUERY, query.length()));
    }
    for (String name : tables.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a table's name is lower-case letters, digits and _, up to 63; rename one of "
                + tables.size());
      }
    }
    Program program = program(query, new TreeMap<>(tables), limits);
    return read(programs.run(program, bounds(limits)));
  }

  private static SqlResult read(ProgramResult result) {
    if (!result.ending().equals(new Ending.Exited(0))) {
      return new SqlResult.Stopped(result.ending(), result.stderr().toStringUtf8());
    }
    JsonValue json;
    try {
      json = JsonReader.read(result.stdout().toByteArray());
    } catch (JsonException e) {
      // a crash in native code can end with 0, too
      return new SqlResult.Stopped(result.ending(), "its result isn't JSON: " + e.getMessage());
    }
    return json instanceof JsonObject object
            && object.members().get("refused") instanceof JsonString why
        ? new SqlResult.Refused(why.value())
        : new SqlResult.Rows(ByteString.copyFrom(CanonicalJson.encode(json)));
  }

  private Program program(String query, SortedMap<String, Table> tables, SqlLimits limits) {
    List<String> arguments = new ArrayList<>(List.of("sh", "-c", START, java.toString()));
    arguments.addAll(List.of("-Xmx192m", "-Xss1m"));
    arguments.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    arguments.addAll(List.of("-XX:ReservedCodeCacheSize=32m", "-XX:CompressedClassSpaceSize=32m"));
    arguments.addAll(List.of("-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash"));
    arguments.addAll(List.of("-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC"));
    arguments.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    arguments.addAll(List.of("-cp", "inputs/duckdb.jar:inputs/program"));
    arguments.add(DuckDbProgram.class.getName());
    arguments.add(Long.toString(limits.memoryBytes()));
    arguments.add(Integer.toString(limits.rows()));
    arguments.add(Integer.toString(limits.columns()));
    arguments.add(Integer.toString(limits.resultBytes()));
    SortedMap<String, Input> inputs = new TreeMap<>();
    tables.forEach(
        (name, table) -> {
          inputs.put("tables/" + name, table.content());
          String path = "inputs/tables/" + name;
          arguments.addAll(List.of(name, table.source(path), path));
        });
    inputs.put("duckdb.jar", Input.file(duckDb()));
    classes().forEach((path, input) -> inputs.put("program/" + path, input));
    return new Program(
        arguments, new TreeMap<>(Map.of("MALLOC_ARENA_MAX", "1")), inputs, Input.text(query));
  }

  /** The program's own classes: it and what it throws. */
  private static SortedMap<String, Input> classes() {
    SortedMap<String, Input> classes = new TreeMap<>();
    for (String suffix : List.of("", "$RefusedException")) {
      String path = DuckDbProgram.class.getName().replace('.', '/') + suffix + ".class";
      classes.put(path, () -> open(path));
    }
    return classes;
  }

  private static InputStream open(String path) {
    return Objects.requireNonNull(
        SqlRunner.class.getResourceAsStream("/" + path), "no class file " + path);
  }

  private static Path duckDb() {
    try {
      return Path.of(
          DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar of DuckDB has no path", e);
    }
  }

  /** The JVM's address space is far larger than what it uses; its directory holds the library. */
  private static Limits bounds(SqlLimits limits) {
    long memory = limits.memoryBytes() + 1024 * MIB + limits.tableBytes();
    return Limits.DEFAULT
        .wall(limits.wall())
        .cpu(limits.wall().multipliedBy(2)) // its threads count together
        .output(limits.resultBytes() * 2L)
        .memory(memory, memory + 4096 * MIB)
        .processes(64)
        .directory(256 * MIB + limits.tableBytes(), 1_000);
  }
}
