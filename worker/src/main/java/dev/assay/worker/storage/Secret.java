package dev.assay.worker.storage;

/**
 * A password. Printing it shows no part of it.
 *
 * @param value what the server is told
 */
record Secret(String value) {
  @Override
  public String toString() {
    return "Secret[…]";
  }
}
