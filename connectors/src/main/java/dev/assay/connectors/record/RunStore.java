package dev.assay.connectors.record;

import java.util.Iterator;

/** An opened source of runs. */
public interface RunStore extends AutoCloseable {
  /**
   * Tasks in an order that depends on the source's content alone; lazy, may be asked for again. One
   * thread at a time.
   */
  Iterator<RunTask> tasks();

  /** Whether its tasks give their identities without reading anything. */
  boolean knowsIdentities();

  /**
   * How many runs to read at once, where {@code threads} are meant for work of the processor: more
   * where reading means waiting.
   */
  default int readers(int threads) {
    return threads;
  }

  /** How many runs there are about, for progress. */
  long count();

  @Override
  void close();
}
