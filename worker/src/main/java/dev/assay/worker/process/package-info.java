/** A process that takes tasks: its queues, its metrics and health, its end. */
@NullMarked
package dev.assay.worker.process;

import org.jspecify.annotations.NullMarked;
