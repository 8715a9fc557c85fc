package dev.assay.cli.base;

import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a command's result goes: standard output, in the format that the user chose. A command
 * shows one {@link #document} or any number of {@link #item}s; hints and errors go to standard
 * error. Not safe for use by several threads.
 */
public final class Output {
  private final Terminal terminal;
  private final OutputFormat format;
  private final TextOutput text;
  private boolean documentShown;

  public Output(Terminal terminal, OutputFormat format) {
    this.terminal = terminal;
    this.format = format;
    this.text = new TextOutput(terminal.out(), terminal.outColours());
  }

  /** What the user chose; for a command whose work depends on it. */
  public OutputFormat format() {
    return format;
  }

  /** Shows the one result. A second one is a bug: two documents are not one JSON document. */
  public void document(JsonValue json, Consumer<TextOutput> forEyes) {
    if (documentShown) {
      throw new IllegalStateException("a command shows one document; use item() for several");
    }
    item(json, forEyes);
    documentShown = true;
  }

  /** As {@link #document(JsonValue, Consumer)}, for JSON that is work to make. */
  public void document(Supplier<JsonValue> json, Consumer<TextOutput> forEyes) {
    document(format == OutputFormat.TEXT ? JsonNull.NULL : json.get(), forEyes);
  }

  /** Shows one of several results: as JSON, a line. */
  public void item(JsonValue json, Consumer<TextOutput> forEyes) {
    switch (format) {
      case TEXT -> forEyes.accept(text);
      case JSON, JSONL -> {
        PrintStream out = terminal.out();
        byte[] bytes = CanonicalJson.encode(json);
        out.write(bytes, 0, bytes.length);
        out.write('\n');
      }
    }
  }

  /** Writes out what is held back, for a reader that waits for it. */
  public void flush() {
    terminal.flush();
  }

  /**
   * As {@link #flush}, for a command that goes on and on; whether somebody may still be reading.
   * False after any failure to write: {@link #ended} tells which.
   */
  public boolean flushed() {
    flush();
    return !terminal.out().checkError();
  }

  /**
   * Writes out what is held back at a command's end; how the command ends then. A result that
   * nobody got is none, unless its reader had enough and went.
   */
  public ExitCode ended(ExitCode exit) {
    flush();
    Optional<String> failure = terminal.outFailure();
    failure.ifPresent(reason -> hint("can't write standard output: " + reason));
    return failure.isPresent() ? exit.and(ExitCode.UNAVAILABLE) : exit;
  }

  /**
   * Tells the user something beside the result, on standard error; lines after the first are
   * indented.
   */
  public void hint(String message) {
    // A progress bar may be drawn on this line.
    String lead = terminal.errTerminal() ? Terminal.CLEAR_LINE + "assay: " : "assay: ";
    for (String line : message.split("\n", -1)) {
      terminal.err().append(lead).append(Cell.harmless(line)).append('\n');
      lead = "  ";
    }
    terminal.err().flush();
  }

  /**
   * A line that a CI server reads, on standard error: from the line's beginning, nothing before it.
   */
  public void ciCommand(String line) {
    String lead = terminal.errTerminal() ? Terminal.CLEAR_LINE : "";
    terminal.err().append(lead).append(Cell.harmless(line)).append('\n');
    terminal.err().flush();
  }

  /**
   * Tells that the command could not do its work: on standard error, and for programs, unless they
   * have a document already, on standard output, too.
   */
  public void failure(ExitCode exit, String message) {
    if (format != OutputFormat.TEXT && !documentShown) {
      JsonObject error = JsonObject.EMPTY.with("exit", exit.number()).with("message", message);
      document(JsonObject.EMPTY.with("error", error), _ -> {});
    }
    hint(message);
  }
}
