package dev.assay.connectors.record;

/** Bounds on what is read from a record. Beyond one, the rest is left out and a problem says so. */
public final class Limits {
  /** Longest line of a line-based file, in bytes: a run of 10,000 points fits. */
  public static final int LINE_BYTES = 1 << 20;

  /** Largest file of one run that is read whole, in bytes: keeps a worker below 1/8 of 1 GiB. */
  public static final int FILE_BYTES = 64 << 20;

  /** Largest meta.yaml, run.json and the like, in bytes. MLflow's own are below 1 KiB. */
  public static final int SMALL_FILE_BYTES = 1 << 20;

  /** Most points of one run: a million are 76 MB of digest form. */
  public static final int POINTS = 1_000_000;

  /** Most params, and as many tags, metrics, datasets and parents, of one run. */
  public static final int ENTRIES = 10_000;

  /** Most artifacts of one run. */
  public static final int ARTIFACTS = 100_000;

  /** Most problems noted of one run; the last says that there are more. */
  public static final int PROBLEMS = 100;

  /** Longest text of one value, in UTF-16 units. MLflow's own limit for a tag is 8,000. */
  public static final int TEXT = 1 << 20;

  /** Longest name or key, in UTF-16 units. MLflow's own limit is 250. */
  public static final int NAME = 4096;

  /** Deepest folder below a run's artifacts. */
  public static final int DEPTH = 32;

  /** Most entries of one folder: a store of a million runs still fits. */
  public static final int FOLDER_ENTRIES = 2_000_000;

  /** Furthest time from 1970, in milliseconds: the year 9999, the last that RFC 3339 can write. */
  public static final long LARGEST_MILLIS = 253_402_300_799_999L;

  private Limits() {}
}
