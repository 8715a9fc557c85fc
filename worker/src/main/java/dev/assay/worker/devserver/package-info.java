/** The Temporal dev server of a home: finding the program, running it, preparing its namespace. */
@NullMarked
package dev.assay.worker.devserver;

import org.jspecify.annotations.NullMarked;
