package dev.assay.worker.imports;

/** Is told how far an import is, on any thread. */
public interface ImportListener {
  /** About how many runs there will be. */
  void expected(long runs);

  /** How many are in the registry. */
  void stored(long runs);
}
