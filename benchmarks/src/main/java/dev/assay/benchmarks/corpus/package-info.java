/** Made-up runs to measure with: equal arguments give equal bytes. */
@NullMarked
package dev.assay.benchmarks.corpus;

import org.jspecify.annotations.NullMarked;
