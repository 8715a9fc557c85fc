/** Measurements, side by side with a peer or a limit; never run as tests. */
@NullMarked
package dev.assay.benchmarks;

import org.jspecify.annotations.NullMarked;
