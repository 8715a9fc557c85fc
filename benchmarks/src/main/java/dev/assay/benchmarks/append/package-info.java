/** Ways to write entries durably, measured a round at a time. */
@NullMarked
package dev.assay.benchmarks.append;

import org.jspecify.annotations.NullMarked;
