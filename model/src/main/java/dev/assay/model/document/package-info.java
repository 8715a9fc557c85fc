/** Reads the documents people write: one bounded loader, typed readers, errors with their line. */
@NullMarked
package dev.assay.model.document;

import org.jspecify.annotations.NullMarked;
