/** What every measurement needs: repetitions, processes, the machine, a report. */
@NullMarked
package dev.assay.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
