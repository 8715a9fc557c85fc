package dev.assay.connectors.report;

import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/** Reports to write. */
final class Samples {
  /** Markup, terminal escapes, forbidden and half characters, commands, mentions, in one name. */
  static final String HOSTILE =
      "]]><script>alert(1)</script>\u001b[31m\u0000\ufffe\ud800\u202e\n::error::x\r\n@octocat"
          + " #1 `a`|b|<!-- [x](http://e.example) www.e.example ![i](//e)\"'&amp;";

  static final Rule BLOCKS =
      new Rule("record", "readable", "record", Severity.BLOCK, "no problems");
  static final Rule WARNS = new Rule("numbers", "learns", "trend", Severity.WARN, "last <= first");
  static final Rule NOTES = new Rule("numbers", "steps", "steps", Severity.INFO, HOSTILE);

  static final Report REPORT =
      new Report(
          "assay validate",
          "1.2.3",
          "validate/nightly#1",
          "validate/nightly",
          List.of(new Report.Fact("outcome root", "ab12")),
          List.of(BLOCKS, WARNS, NOTES));

  private Samples() {}

  static Result result(Rule rule, CheckVerdict verdict, String message) {
    return new Result(
        rule, verdict, "seen " + message, message, new Place("runs/m.jsonl", OptionalInt.of(9)));
  }

  static Subject subject(String name, RunVerdict verdict, Result... results) {
    return new Subject(
        "exp.one",
        name,
        "id-" + name,
        "d1",
        Place.of("runs/" + name),
        verdict,
        Optional.empty(),
        List.of(results));
  }

  static Subject failed(String name) {
    return subject(name, RunVerdict.FAIL, result(BLOCKS, CheckVerdict.FAIL, "broken " + name));
  }

  static Subject passed(String name) {
    return subject(name, RunVerdict.PASS, result(BLOCKS, CheckVerdict.PASS, "fine"));
  }

  static Subject warned(String name) {
    return subject(
        name,
        RunVerdict.WARN,
        result(BLOCKS, CheckVerdict.PASS, "fine"),
        result(WARNS, CheckVerdict.FAIL, "worse"));
  }

  static Subject undecided(String name) {
    return subject(
        name, RunVerdict.INDETERMINATE, result(BLOCKS, CheckVerdict.INDETERMINATE, "unknown"));
  }

  static Subject unselected(String name) {
    return subject(name, RunVerdict.UNSELECTED);
  }

  /** One of every kind, with hostile text wherever a record could put it. */
  static List<Subject> all() {
    return List.of(
        passed("good"),
        warned("slower"),
        undecided("gone"),
        unselected("other"),
        failed("bad"),
        new Subject(
            HOSTILE,
            HOSTILE,
            HOSTILE,
            "d2",
            Place.of(HOSTILE),
            RunVerdict.FAIL,
            Optional.of(HOSTILE),
            List.of(
                new Result(
                    BLOCKS,
                    CheckVerdict.FAIL,
                    HOSTILE,
                    HOSTILE,
                    Place.of("https://h:1/" + HOSTILE)),
                new Result(WARNS, CheckVerdict.SKIPPED, HOSTILE, HOSTILE, Place.of("")),
                new Result(
                    NOTES,
                    CheckVerdict.INDETERMINATE,
                    HOSTILE,
                    HOSTILE,
                    Place.of("/" + HOSTILE)))));
  }

  static String written(
      BiFunction<Report, OutputStream, ReportWriter> format, Iterable<Subject> subjects)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportWriter writer = format.apply(REPORT, out);
    for (Subject subject : subjects) {
      writer.add(subject);
    }
    writer.finish();
    return out.toString(StandardCharsets.UTF_8);
  }
}
