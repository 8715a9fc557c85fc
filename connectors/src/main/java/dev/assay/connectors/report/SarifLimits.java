package dev.assay.connectors.report;

/**
 * What a reader of SARIF takes.
 *
 * @param results of one run
 * @param compressedBytes of the file, by gzip
 */
record SarifLimits(int results, long compressedBytes) {
  /**
   * GitHub refuses more (docs.github.com, "SARIF support for code scanning", 25,000 results and 10
   * MB); some room is left for what compressors differ in.
   */
  static final SarifLimits GITHUB = new SarifLimits(25_000, 9_500_000);
}
