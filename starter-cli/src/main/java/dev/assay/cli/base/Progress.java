package dev.assay.cli.base;

/**
 * How far a piece of work is, told on standard error from its second second on: a bar that is drawn
 * over on a terminal, a line every 10 s elsewhere. Safe for use by several threads.
 */
public interface Progress extends AutoCloseable {

  /** How many there are in all; until this is called, only a count is shown. */
  void total(long total);

  /** How many are done. */
  void done(long done);

  /** Clears the bar. */
  @Override
  void close();

  /** Tells nobody. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void total(long total) {}

      @Override
      public void done(long done) {}

      @Override
      public void close() {}
    };
  }
}
